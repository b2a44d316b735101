import { formatDay, indiaDay } from '../../../kernel/dates.ts';
import { type Language, pick } from '../../../kernel/i18n.ts';
import { officeName } from '../../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  EmptyState,
  ErrorSummary,
  type FieldError,
  Form,
  PageHeading,
  SummaryList,
  Tag,
  useFrame,
} from '../../../shell/index.ts';
import type { OfficeTemplates } from '../change-template.ts';
import type { Look } from '../look.ts';
import type { Template } from '../store.ts';

export const templatesAddress = '/office/certificate-templates';

type Props = OfficeTemplates & { inheritedFrom?: string };

/** What certificates of the office look like today, and the draft of the next look. */
export function OfficeTemplatePage({ office, draft, inForce, inheritedFrom }: Props) {
  const { t, language } = useFrame();
  const address = `${templatesAddress}/${encodeURIComponent(office.code)}`;
  const isOwn = inForce?.officeId === office.officeId;
  return (
    <>
      <PageHeading title={t('credentials.templatesTitle')} lead={officeName(office, language)} />
      {draft ? <DraftCard address={address} draft={draft} /> : null}
      <Card
        title={t('credentials.templateInForce')}
        aside={
          inForce ? (
            <Tag tone="done">{t(isOwn ? 'credentials.templateOwn' : 'credentials.templateInherited')}</Tag>
          ) : null
        }
      >
        {inForce ? (
          <SummaryList
            rows={[
              ...(inheritedFrom ? [{ label: t('credentials.templateFrom'), value: inheritedFrom }] : []),
              { label: t('credentials.templateSince'), value: dayOf(inForce.inForceAt, language) },
              ...rowsOfLook(inForce.look, language, t),
            ]}
          />
        ) : (
          <p>{t('credentials.templatePlain')}</p>
        )}
        <ButtonRow>
          <Button variant="secondary" icon="certificate" href={`${address}/in-force.pdf`}>
            {t('credentials.templateShow')}
          </Button>
          {draft ? null : (
            <Button href={`${address}/draft`}>
              {t(isOwn ? 'credentials.templateChange' : 'credentials.templateMakeOwn')}
            </Button>
          )}
        </ButtonRow>
        {isOwn ? (
          <Form action={`${address}/ending`}>
            <p class="soft">{t('credentials.templateEndText')}</p>
            <Button variant="quiet">{t('credentials.templateEnd')}</Button>
          </Form>
        ) : null}
      </Card>
      <p class="soft">{t('credentials.templateKept')}</p>
    </>
  );
}

function DraftCard({ address, draft }: { address: string; draft: Template }) {
  const { t, language } = useFrame();
  return (
    <Card
      title={t('credentials.templateDraft')}
      tone="needs-you"
      aside={<Tag tone="draft">{t('credentials.templateDraftTag')}</Tag>}
      lead={t('credentials.templateDraftLead')}
    >
      <SummaryList rows={rowsOfLook(draft.look, language, t)} />
      <ButtonRow>
        <Button variant="secondary" icon="certificate" href={`${address}/draft.pdf`}>
          {t('credentials.templatePreview')}
        </Button>
        <Button variant="secondary" href={`${address}/draft`}>
          {t('credentials.templateChange')}
        </Button>
      </ButtonRow>
      <Form action={`${address}/publication`}>
        <Button>{t('credentials.templateUse')}</Button>
      </Form>
      <Form action={`${address}/draft-removal`}>
        <Button variant="quiet">{t('credentials.templateDrop')}</Button>
      </Form>
    </Card>
  );
}

type Translate = ReturnType<typeof useFrame>['t'];

function rowsOfLook(look: Look, language: Language, t: Translate) {
  const languages = {
    both: 'credentials.templateBoth',
    hi: 'credentials.templateOnlyHindi',
    en: 'credentials.templateOnlyEnglish',
  } as const;
  const thirds = {
    ur: 'credentials.languageUrdu',
    bn: 'credentials.languageBengali',
    ta: 'credentials.languageTamil',
  } as const;
  const shown = t(languages[look.languages]) + (look.third ? ` + ${t(thirds[look.third])}` : '');
  return [
    {
      label: t('credentials.templateIssuerName'),
      value: pick(look.issuer, language) || t('credentials.templateUsual'),
    },
    {
      label: t('credentials.templateTitle'),
      value: pick(look.title, language) || t('credentials.templateUsual'),
    },
    { label: t('credentials.templateLanguages'), value: shown },
    ...look.signatories.map((one, at) => ({
      label: t(at === 0 ? 'credentials.templateFirst' : 'credentials.templateSecond'),
      value: [pick(one.name, language), pick(one.designation, language)].filter(Boolean).join(', '),
    })),
  ];
}

function dayOf(at: Date | null, language: Language): string {
  return at ? formatDay(indiaDay(at), language) : '';
}

type ListProps = {
  rows: { code: string; name: string; hasDraft: boolean; isInForce: boolean }[];
  chooser: preact.ComponentChildren;
  errors: FieldError[];
};

/** The offices that have a template of their own, and the way to any other. */
export function TemplateListPage({ rows, chooser, errors }: ListProps) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('credentials.templatesTitle')} lead={t('credentials.templatesLead')} />
      {chooser}
      {rows.length === 0 ? (
        <EmptyState icon="certificate" title={t('credentials.templatesNone')}>
          {t('credentials.templatesNoneText')}
        </EmptyState>
      ) : (
        <Card title={t('credentials.templatesOwn')}>
          <SummaryList
            rows={rows.map((row) => ({
              label: row.code,
              value: <a href={`${templatesAddress}/${encodeURIComponent(row.code)}`}>{row.name}</a>,
              ...(row.hasDraft
                ? {
                    changeLabel: t('credentials.templateDraftTag'),
                    changeHref: `${templatesAddress}/${encodeURIComponent(row.code)}`,
                  }
                : {}),
            }))}
          />
        </Card>
      )}
    </>
  );
}
