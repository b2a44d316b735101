import { formatDay } from '../../kernel/dates.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  DataTable,
  DateField,
  Details,
  EmptyState,
  ErrorSummary,
  errorFor,
  Form,
  FormPage,
  Grid,
  Notice,
  PageHeading,
  Tag,
  type TagTone,
  TextField,
} from '../../shell/index.ts';
import type { Missing } from '../rules/compliance.ts';
import type { ProgrammeRow, ShownPart, SyllabusRow } from '../stores/programmes.ts';
import { missingText, type Say, tagText } from '../words.ts';
import { DiscardDraft } from './confirm-page.tsx';
import { SisterPages } from './frame.tsx';
import { removalColumn } from './removal-column.tsx';
import { TagChoice } from './tag-choice.tsx';
import { addressOf, lengthText, officeOf, programmeHref, titleOf } from './words.ts';

type ListProps = { items: ProgrammeRow[]; next: string | null; mayTeach: boolean; say: Say };

export function ProgrammesPage({ items, next, mayTeach, say }: ListProps) {
  const { t, language } = say;
  const add = mayTeach ? (
    <Button href={addressOf('/programmes/new')} icon="plus">
      {t('curriculum.programmeNew')}
    </Button>
  ) : null;
  return (
    <>
      <PageHeading
        title={t('curriculum.kinds_programme')}
        lead={t('curriculum.programmesLead')}
        actions={add}
      />
      <SisterPages active="/programmes" say={say} />
      <Card>
        <DataTable
          caption={t('curriculum.kinds_programme')}
          isCaptionHidden
          isCountHidden={next !== null}
          rows={items}
          rowKey={(row) => row.code}
          nextHref={next ? addressOf('/programmes', { after: next }) : undefined}
          empty={
            <EmptyState title={t('curriculum.programmesNone')} icon="course" action={add}>
              {t('curriculum.programmesNoneAdvice')}
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              label: t('curriculum.name'),
              kind: 'link',
              isRowHeading: true,
              value: (row) => titleOf(row, language),
              href: (row) => programmeHref(row.code),
            },
            { key: 'code', label: t('curriculum.code'), value: (row) => row.code },
            { key: 'office', label: t('curriculum.institute'), value: (row) => officeOf(row, language) },
            {
              key: 'revised',
              label: t('curriculum.revisedOn'),
              kind: 'date',
              value: (row) => row.revisedOn,
            },
            {
              key: 'induction',
              label: t('curriculum.induction'),
              value: (row) =>
                row.isInduction === null ? null : t(row.isInduction ? 'curriculum.yes' : 'curriculum.no'),
            },
            {
              key: 'state',
              label: t('curriculum.state'),
              value: (row) => <StateTag programme={row} say={say} />,
            },
          ]}
        />
      </Card>
    </>
  );
}

function StateTag({ programme, say: { t } }: { programme: ProgrammeRow; say: Say }) {
  const [tone, key] = stateOf(programme);
  return <Tag tone={tone}>{t(`curriculum.${key}`)}</Tag>;
}

function stateOf({ closedOn, revisedOn, hasDraft }: ProgrammeRow) {
  if (closedOn) return ['neutral', 'stateClosed'] as const satisfies [TagTone, string];
  if (!revisedOn) return ['draft', hasDraft ? 'stateDraft' : 'stateNone'] as const;
  return ['done', hasDraft ? 'draftToo' : 'stateInForce'] as const;
}

export function ProgrammeForm({ state, say: { t } }: { state: FormState; say: Say }) {
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return (
    <FormPage
      title={t('curriculum.programmeNew')}
      lead={t('curriculum.programmeNewLead')}
      action={addressOf('/programmes')}
      submit={t('curriculum.goOn')}
      cancelHref={addressOf('/programmes')}
      state={state}
    >
      <TextField {...field('officeCode')} label={t('curriculum.instituteTyped')} />
      <TextField {...field('code')} label={t('curriculum.programmeCode')} width="short" maxLength={64} />
      <TextField
        {...field('titleHi')}
        label={t('curriculum.titleHi')}
        lang="hi"
        width="full"
        maxLength={200}
      />
      <TextField
        {...field('titleEn')}
        label={t('curriculum.titleEn')}
        lang="en"
        width="full"
        maxLength={200}
        isOptional
      />
    </FormPage>
  );
}

type Props = {
  programme: ProgrammeRow;
  syllabi: SyllabusRow[];
  /** What today's rules miss in the draft, or else in what is in force; undefined: no rule holds. */
  missing: Missing[] | 'nothing' | undefined;
  mayTeach: boolean;
  /** Topics that a part can have, and those that were ticked in a form that came back. */
  tags: string[];
  ticked: string[];
  state: FormState;
  say: Say;
};

/** One programme: the draft of its next syllabus for who keeps it, the one in force, and those before. */
export function ProgrammePage(props: Props) {
  const { programme, syllabi, mayTeach, state, say } = props;
  const { t, language } = say;
  const draft = mayTeach ? syllabi.find((one) => one.state === 'draft') : undefined;
  const [inForce, ...earlier] = syllabi.filter((one) => one.state === 'published');
  const lead = [programme.code, officeOf(programme, language)];
  if (programme.closedOn)
    lead.push(t('curriculum.closedOn', { day: formatDay(programme.closedOn, language) }));
  return (
    <>
      <ErrorSummary
        errors={state.errors}
        labels={{
          course: t('curriculum.course'),
          title: t('curriculum.orTitle'),
          hours: t('curriculum.hours'),
          revisedOn: t('curriculum.revisedOn'),
        }}
      />
      <PageHeading
        title={titleOf(programme, language)}
        lead={lead.join(' · ')}
        actions={
          mayTeach && !draft && !programme.closedOn ? (
            <Form action={`${programmeHref(programme.code)}/versions`}>
              <Button variant={inForce ? 'secondary' : 'primary'}>{t('curriculum.nextVersion')}</Button>
            </Form>
          ) : null
        }
      />
      <Check missing={props.missing} isDraft={draft !== undefined} say={say} />
      {draft ? <DraftCards {...props} draft={draft} mayDiscard={inForce !== undefined} /> : null}
      {inForce ? (
        <Card title={t('curriculum.syllabusInForce')} lead={aboutText(inForce, say)}>
          <PartsTable parts={inForce.parts} say={say} />
        </Card>
      ) : null}
      {earlier.length > 0 ? (
        <Details summary={t('curriculum.earlier')}>
          {earlier.map((one) => (
            <Card
              key={one.version}
              headingLevel={3}
              title={t('curriculum.syllabusVersion', { n: one.version })}
              lead={aboutText(one, say)}
            >
              <PartsTable parts={one.parts} say={say} />
            </Card>
          ))}
        </Details>
      ) : null}
      {mayTeach && !programme.closedOn ? (
        <Details summary={t('curriculum.close')}>
          <p>{t('curriculum.closeLead')}</p>
          <Form action={`${programmeHref(programme.code)}/closure`}>
            <Button variant="danger">{t('curriculum.close')}</Button>
          </Form>
        </Details>
      ) : null}
    </>
  );
}

/** What today's rules say, before anything is put in force. */
export function Check(props: { missing: Missing[] | 'nothing' | undefined; isDraft: boolean; say: Say }) {
  const { missing, isDraft, say } = props;
  const { t } = say;
  if (missing === 'nothing') return null;
  if (missing === undefined) return <Notice tone="info" title={t('curriculum.checkNone')} />;
  if (missing.length === 0) return <Notice tone="done" title={t('curriculum.checkOk')} />;
  const blocking = isDraft ? missing.filter(({ rule }) => rule.enforcement === 'blocking') : [];
  const warning = missing.filter((one) => !blocking.includes(one));
  const said = (list: Missing[]) => ({ missing: missingText(list, say) });
  return (
    <>
      {blocking.length > 0 ? (
        <Notice tone="refused" title={t('curriculum.checkBlock', said(blocking))} />
      ) : null}
      {warning.length > 0 ? (
        <Notice tone="needs-you" title={t('curriculum.checkWarn', said(warning))} />
      ) : null}
    </>
  );
}

function aboutText(one: SyllabusRow, { t, language }: Say): string {
  const said = [
    t('curriculum.syllabusVersion', { n: one.version }),
    ...(one.publishedOn ? [t('curriculum.publishedOn', { day: formatDay(one.publishedOn, language) })] : []),
    `${t('curriculum.revisedOn')}: ${formatDay(one.revisedOn, language)}`,
    ...(one.isInduction ? [t('curriculum.induction')] : []),
  ];
  return said.join(' · ');
}

type PartsProps = { parts: ShownPart[]; removeFrom?: string; say: Say };

function PartsTable({ parts, removeFrom, say }: PartsProps) {
  const { t, language } = say;
  return (
    <DataTable
      caption={t('curriculum.parts')}
      isCaptionHidden
      isCountHidden
      rows={parts}
      rowKey={(part) => String(part.ordinal)}
      empty={
        <EmptyState title={t('curriculum.partsNone')} icon="course" headingLevel={3}>
          {t('curriculum.partsNoneAdvice')}
        </EmptyState>
      }
      columns={[
        {
          key: 'part',
          label: t('curriculum.part'),
          kind: 'link',
          isRowHeading: true,
          value: (part) => titleOf(part, language),
          href: (part) => (part.courseCode ? `/courses/${encodeURIComponent(part.courseCode)}` : undefined),
        },
        {
          key: 'tags',
          label: t('curriculum.tags'),
          value: (part) => part.tags.map((tag) => tagText(tag, language)).join(', ') || null,
        },
        {
          key: 'hours',
          label: t('curriculum.length'),
          value: (part) => (part.minutes > 0 ? lengthText(part.minutes, say) : null),
        },
        ...removalColumn(removeFrom, (part: ShownPart) => titleOf(part, language), say),
      ]}
    />
  );
}

type DraftProps = Props & { draft: SyllabusRow; mayDiscard: boolean };

function DraftCards({ programme, draft, mayDiscard, state, tags, ticked, say }: DraftProps) {
  const { t } = say;
  const here = programmeHref(programme.code);
  return (
    <>
      <Card
        title={t('curriculum.syllabusDraft')}
        lead={t('curriculum.syllabusVersion', { n: draft.version })}
      >
        <PartsTable parts={draft.parts} removeFrom={`${here}/parts`} say={say} />
        {mayDiscard ? <DiscardDraft action={`${here}/draft-removal`} say={say} /> : null}
      </Card>
      <Grid>
        <Card title={t('curriculum.addPart')}>
          <PartForm action={`${here}/parts`} {...{ state, tags, ticked, say }} />
        </Card>
        <Card title={t('curriculum.about')}>
          <AboutForm action={`${here}/about`} draft={draft} state={state} say={say} />
        </Card>
      </Grid>
      <Card>
        <p>{t('curriculum.publishLead')}</p>
        <Form action={`${here}/publication`}>
          <ButtonRow>
            <Button icon="check">{t('curriculum.publish')}</Button>
          </ButtonRow>
        </Form>
      </Card>
    </>
  );
}

type FormProps = { action: string; state: FormState; say: Say };

function PartForm(props: FormProps & { tags: string[]; ticked: string[] }) {
  const { action, state, tags, ticked, say } = props;
  const { t } = say;
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return (
    <Form action={action}>
      <TextField
        {...field('course')}
        label={t('curriculum.course')}
        hint={t('curriculum.courseHint')}
        width="medium"
        isOptional
      />
      <TextField {...field('title')} label={t('curriculum.orTitle')} width="full" isOptional />
      <TagChoice
        label={t('curriculum.tags')}
        hint={t('curriculum.tagsHint')}
        values={ticked}
        error={errorFor(state.errors, 'tags')}
        {...{ tags, say }}
      />
      <TextField
        {...field('hours')}
        label={t('curriculum.hours')}
        inputmode="decimal"
        width="short"
        isOptional
      />
      <Button variant="secondary" icon="plus">
        {t('curriculum.addPart')}
      </Button>
    </Form>
  );
}

function AboutForm({ action, draft, state, say: { t } }: FormProps & { draft: SyllabusRow }) {
  return (
    <Form action={action}>
      <DateField
        name="revisedOn"
        label={t('curriculum.revisedOn')}
        value={state.values['revisedOn'] ?? draft.revisedOn}
        error={errorFor(state.errors, 'revisedOn')}
      />
      <Checkbox
        name="isInduction"
        label={t('curriculum.isInduction')}
        value="yes"
        isChecked={draft.isInduction}
      />
      <Button variant="secondary">{t('curriculum.save')}</Button>
    </Form>
  );
}
