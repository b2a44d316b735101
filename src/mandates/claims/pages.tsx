import { formatDay } from '../../kernel/dates.ts';
import { durationText } from '../../kernel/duration.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { type MessageKey, pick } from '../../kernel/i18n.ts';
import type { Listed } from '../../kernel/lists.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  DateField,
  Details,
  EmptyState,
  ErrorSummary,
  errorFor,
  FileField,
  Form,
  Notice,
  PageHeading,
  Pagination,
  SummaryList,
  Tag,
  TextArea,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import { DecisionCard } from '../decision-card.tsx';
import { tagWord } from '../pages/sentence.ts';
import type { Say } from '../pages/words.ts';
import { type CourseChoice, CourseFields, CourseSearchCard } from './course-choice.tsx';
import type { ClaimRow } from './store.ts';

export const claimsHref = '/claims';

export function ClaimsPage({ claims }: { claims: Listed<ClaimRow> }) {
  const { t, language } = useFrame();
  return (
    <>
      <PageHeading
        title={t('service.claims')}
        lead={t('service.claimsLead')}
        actions={
          <Button icon="plus" href={`${claimsHref}/new`}>
            {t('service.newClaim')}
          </Button>
        }
      />
      {claims.items.length === 0 ? (
        <Card>
          <EmptyState title={t('service.noClaims')} icon="certificate">
            {t('service.noClaimsLead')}
          </EmptyState>
        </Card>
      ) : (
        claims.items.map((claim) => (
          <Card key={claim.claimId} title={claim.title} aside={<ClaimState claim={claim} />}>
            <p class="soft">
              {[claim.provider, formatDay(claim.completedOn, language), durationText(claim.minutes, language)]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {claim.recordedOn ? (
              <p>{t('service.recordedBesides', { day: formatDay(claim.recordedOn, language) })}</p>
            ) : null}
            {claim.decisionReason ? (
              <p>{t('service.decisionReason', { reason: claim.decisionReason })}</p>
            ) : null}
            <ButtonRow>
              <Button variant="secondary" icon="file" href={`${claimsHref}/${claim.claimId}/file`}>
                {t('service.seeCertificate')}
              </Button>
            </ButtonRow>
            {claim.state === 'asked' ? (
              <Withdraw
                action={`${claimsHref}/${claim.claimId}/withdrawal`}
                lead="service.withdrawClaimLead"
              />
            ) : null}
          </Card>
        ))
      )}
      <Pagination nextHref={claims.next ? `${claimsHref}?after=${claims.next}` : undefined} />
    </>
  );
}

/** Asks first, without script: the button lies behind the question. */
export function Withdraw({ action, lead }: { action: string; lead: MessageKey }) {
  const { t } = useFrame();
  return (
    <Details summary={t('service.withdraw')}>
      <p>{t(lead)}</p>
      <Form action={action}>
        <Button variant="danger">{t('service.withdrawYes')}</Button>
      </Form>
    </Details>
  );
}

export function ClaimState({ claim }: { claim: Pick<ClaimRow, 'state' | 'isTakenBack'> }) {
  const { t } = useFrame();
  const state = claim.isTakenBack ? 'takenBack' : claim.state;
  const tones = {
    asked: 'due',
    accepted: 'done',
    refused: 'overdue',
    withdrawn: 'neutral',
    takenBack: 'overdue',
  } as const;
  return <Tag tone={tones[state]}>{t(`service.state_${state}` as MessageKey)}</Tag>;
}

/** Where claims are entered for a person. */
function claimsForHref(personId: string): string {
  return `/office/persons/${personId}/claims`;
}

type NewClaimProps = {
  state: FormState;
  today: string;
  choice: CourseChoice;
  /** Whom an officer enters it for; absent: oneself. */
  forPerson?: { personId: string; name: string };
};

/** The certificate comes last: a browser sends the fields in this order, and the file is read as it comes. */
export function NewClaimPage({ state, today, choice, forPerson }: NewClaimProps) {
  const { t, language } = useFrame();
  const href = forPerson ? claimsForHref(forPerson.personId) : claimsHref;
  const { values, errors } = state;
  const field = (name: string) => ({ name, value: values[name], error: errorFor(errors, name) });
  return (
    <>
      <ErrorSummary errors={errors} />
      {forPerson ? (
        <PageHeading
          title={t('service.claimFor', { name: forPerson.name })}
          lead={t('service.claimForLead')}
        />
      ) : (
        <PageHeading title={t('service.newClaim')} lead={t('service.newClaimLead')} />
      )}
      <CourseSearchCard choice={choice} page={`${href}/new`} />
      <Card>
        <Form action={href} hasFiles>
          <TextField
            {...field('title')}
            value={values['title'] ?? titleOf(choice, language)}
            label={t('service.claimTitle')}
            maxLength={300}
          />
          <TextField
            {...field('provider')}
            label={t('service.claimProvider')}
            hint={t('service.claimProviderHint')}
            maxLength={200}
          />
          <DateField {...field('completedOn')} label={t('service.completedOn')} max={today} />
          <TextField
            {...field('minutes')}
            label={t('service.claimMinutes')}
            inputmode="numeric"
            width="short"
            suffix={t('service.minutesUnit')}
          />
          <TextField
            {...field('certificateNo')}
            label={t('service.certificateNo')}
            width="medium"
            isOptional
          />
          <CourseFields
            choice={choice}
            values={values['topics']?.split(',') ?? []}
            hint={t('service.topicsHint')}
            error={errorFor(errors, 'topics')}
          />
          <FileField
            name="file"
            label={t('service.certificate')}
            hint={errors.length > 0 ? t('service.certificateAgain') : undefined}
            accept=".pdf,.jpg,.jpeg,.png,.webp"
            maximumMegabytes={10}
            error={errorFor(errors, 'file')}
          />
          <ButtonRow>
            <Button>{t('service.sendClaim')}</Button>
            <Button variant="quiet" href={forPerson ? `/office/persons/${forPerson.personId}` : claimsHref}>
              {t('common.cancel')}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
    </>
  );
}

function titleOf({ chosen }: CourseChoice, language: 'hi' | 'en'): string | undefined {
  return chosen && (pick({ hi: chosen.nameHi, en: chosen.nameEn }, language) ?? undefined);
}

type DecideProps = {
  claim: ClaimRow;
  sameElsewhere: number;
  /** Days of accepted claims of the same title. */
  alike: string[];
  state: FormState;
  choice: CourseChoice;
};

export function DecideClaimPage({ claim, sameElsewhere, alike, state, choice }: DecideProps) {
  const { t, language } = useFrame();
  const base = `/office/claims/${claim.personId}/${claim.claimId}`;
  const name = pick({ hi: claim.nameHi, en: claim.nameEn }, language);
  const { values, errors } = state;
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={claim.title} lead={[name, claim.code].filter(Boolean).join(' · ')} />
      {sameElsewhere > 0 ? (
        <Notice
          tone="needs-you"
          title={t('service.sameElsewhere', { n: formatNumber(sameElsewhere, language) })}
        >
          <p>{t('service.sameElsewhereLead')}</p>
        </Notice>
      ) : null}
      {claim.recordedOn ? (
        <Notice
          tone="needs-you"
          title={t('service.recordedBesides', { day: formatDay(claim.recordedOn, language) })}
        >
          <p>{t('service.recordedBesidesLead')}</p>
        </Notice>
      ) : null}
      {alike.length > 0 && claim.state === 'asked' ? (
        <Notice tone="needs-you" title={t('service.alikeAccepted')}>
          <p>
            {t('service.alikeAcceptedLead', {
              days: alike.map((day) => formatDay(day, language)).join(', '),
            })}
          </p>
        </Notice>
      ) : null}
      <Card aside={<ClaimState claim={claim} />} title={t('service.claim')}>
        <SummaryList
          rows={[
            { label: t('service.claimProvider'), value: claim.provider ?? '–' },
            { label: t('service.completedOn'), value: formatDay(claim.completedOn, language) },
            { label: t('service.claimMinutes'), value: durationText(claim.minutes, language) },
            { label: t('service.certificateNo'), value: claim.certificateNo ?? '–' },
            { label: t('service.topics'), value: topicsText(claim, { t, language }) },
            ...(claim.decisionReason ? [{ label: t('service.reason'), value: claim.decisionReason }] : []),
          ]}
        />
        <Button variant="secondary" icon="file" href={`${base}/file`}>
          {t('service.seeCertificate')}
        </Button>
      </Card>
      {claim.state === 'asked' ? <CourseSearchCard choice={choice} page={base} /> : null}
      {claim.state === 'asked' ? (
        <DecisionCard action={base} outcomes={['accepted', 'refused']} state={state}>
          <CourseFields
            choice={choice}
            values={values['topics']?.split(',') ?? claim.claimedTopics}
            hint={t('service.confirmTopicsHint')}
            error={errorFor(errors, 'topics')}
          />
        </DecisionCard>
      ) : null}
      {claim.state === 'accepted' && !claim.isTakenBack ? (
        <Card title={t('service.takeBackClaim')}>
          <Form action={`${base}/withdrawal`}>
            <TextArea
              name="reason"
              label={t('service.reason')}
              value={values['reason']}
              error={errorFor(errors, 'reason')}
              rows={2}
              maxLength={1000}
            />
            <Button variant="danger">{t('service.takeBackClaim')}</Button>
          </Form>
        </Card>
      ) : null}
    </>
  );
}

/** A known course, or the topics: as confirmed, or as the person said while nobody has decided. */
function topicsText(claim: ClaimRow, say: Say): string {
  if (claim.courseCode)
    return pick({ hi: claim.courseHi, en: claim.courseEn }, say.language) ?? claim.courseCode;
  const topics = claim.topics ?? claim.claimedTopics;
  return topics.map((topic) => tagWord(topic, say)).join(', ') || '–';
}

export function WaitingClaims({ claims, nextHref }: { claims: ClaimRow[]; nextHref: string | undefined }) {
  const { t, language } = useFrame();
  return (
    <DataTable
      caption={t('service.waitingClaims')}
      rows={claims}
      rowKey={(row) => row.claimId}
      nextHref={nextHref}
      pageKey="claimsAfter"
      isCountHidden={nextHref !== undefined}
      empty={<p class="soft">{t('service.noWaitingClaims')}</p>}
      columns={[
        {
          ...{ key: 'title', label: t('service.claimTitle'), kind: 'link', isRowHeading: true },
          value: (row) => row.title,
          href: (row) => `/office/claims/${row.personId}/${row.claimId}`,
        },
        {
          ...{ key: 'who', label: t('service.person') },
          value: (row) =>
            [pick({ hi: row.nameHi, en: row.nameEn }, language), row.code].filter(Boolean).join(' · '),
        },
        { key: 'provider', label: t('service.claimProvider'), value: (row) => row.provider },
        { key: 'day', label: t('service.completedOn'), kind: 'date', value: (row) => row.completedOn },
        { key: 'asked', label: t('service.askedOn'), kind: 'date', value: (row) => row.recordedAt },
      ]}
    />
  );
}
