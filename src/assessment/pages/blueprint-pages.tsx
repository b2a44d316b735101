import type { FastifyReply, FastifyRequest } from 'fastify';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  Notice,
  PageHeading,
  Prose,
  SummaryList,
  Tag,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import type { Drawing } from '../draw-paper.ts';
import { questionCount } from '../rules.ts';
import type { BlueprintRow, BlueprintUse } from '../stores/blueprints.ts';
import { TestTabs } from './banks-page.tsx';
import { spanText } from './start-page.tsx';
import {
  bankHref,
  blueprintHref,
  blueprintsHref,
  difficultyLabel,
  lessonHref,
  nameOf,
  pointsText,
  type Say,
  sayOf,
} from './words.ts';

export function sendBlueprints(
  request: FastifyRequest,
  reply: FastifyReply,
  { blueprints, mayMake }: { blueprints: BlueprintRow[]; mayMake: boolean },
) {
  const say = sayOf(request);
  const { t, language } = say;
  const make = (
    <Button href={`${blueprintsHref}/new`} icon="plus">
      {t('assessment.newBlueprint')}
    </Button>
  );
  return sendPage(
    request,
    reply,
    { title: t('assessment.blueprints'), area: 'office', activeLink: 'banks' },
    <>
      <PageHeading
        title={t('assessment.tests')}
        lead={t('assessment.blueprintsLead')}
        actions={mayMake ? make : null}
      />
      <TestTabs at="blueprints" ctx={request.ctx} say={say} />
      <DataTable<BlueprintRow>
        caption={t('assessment.blueprints')}
        isCaptionHidden
        rows={blueprints}
        rowKey={(row) => row.code}
        empty={
          <EmptyState icon="quiz" title={t('assessment.noBlueprints')}>
            {t('assessment.noBlueprintsText')}
          </EmptyState>
        }
        columns={[
          {
            key: 'title',
            label: t('assessment.blueprint'),
            kind: 'link',
            isRowHeading: true,
            value: (row) => nameOf(row, language),
            href: (row) => blueprintHref(row.code),
          },
          { key: 'code', label: t('assessment.code'), value: (row) => row.code },
          {
            key: 'count',
            label: t('assessment.questions'),
            kind: 'number',
            value: (row) => questionCount(row.rules),
          },
          {
            key: 'minutes',
            label: t('assessment.minutesColumn'),
            kind: 'number',
            value: (row) => row.rules.minutes,
          },
          {
            key: 'pass',
            label: t('assessment.needed'),
            kind: 'percent',
            value: (row) => Math.round(row.rules.passShare * 100),
          },
          { key: 'changed', label: t('assessment.changed'), kind: 'date', value: (row) => row.changedAt },
        ]}
      />
    </>,
  );
}

type View = {
  blueprint: BlueprintRow;
  drawing: Drawing;
  uses: BlueprintUse[];
  mayEdit: boolean;
};

/** One blueprint: its rules in words, whether the banks hold enough, who uses it. */
export function sendBlueprint(request: FastifyRequest, reply: FastifyReply, view: View) {
  const say = sayOf(request);
  const { t, language } = say;
  const { blueprint, mayEdit } = view;
  const title = nameOf(blueprint, language);
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'banks',
      breadcrumbs: [{ label: t('assessment.blueprints'), href: blueprintsHref }],
    },
    <>
      <PageHeading
        title={title}
        lead={`${blueprint.code} · ${t('assessment.revisionNo', { n: blueprint.revision })}`}
        actions={
          <ButtonRow>
            <Button href={blueprintHref(blueprint.code, '/trial')}>{t('assessment.tryPaper')}</Button>
            {mayEdit ? (
              <Button href={blueprintHref(blueprint.code, '/edit')} variant="secondary">
                {t('assessment.editBlueprint')}
              </Button>
            ) : null}
          </ButtonRow>
        }
      />
      <Check view={view} say={say} />
      <Parts view={view} say={say} />
      <Rules blueprint={blueprint} say={say} />
      <Uses view={view} say={say} />
    </>,
  );
}

function Check({ view, say: { t } }: { view: View; say: Say }) {
  const { drawing } = view;
  if (drawing.shortages.length === 0)
    return <Notice tone="done" title={t('assessment.enough', { n: drawing.questions.length })} />;
  return (
    <Notice tone="needs-you" title={t('assessment.notEnough')}>
      <p>{t('assessment.notEnoughText')}</p>
    </Notice>
  );
}

function Parts({ view, say }: { view: View; say: Say }) {
  const { t, language } = say;
  const { sections } = view.blueprint.rules;
  const rows = sections.flatMap((section, at) =>
    section.parts.map((part, which) => {
      const short = view.drawing.shortages.find((one) => one.section === at && one.part === which);
      const name = pick(section.title, language) || t('assessment.sectionNo', { n: at + 1 });
      return { ...part, key: `${at}-${which}`, name, found: short?.found ?? part.count };
    }),
  );
  return (
    <Card title={t('assessment.drawn')}>
      <DataTable
        caption={t('assessment.drawn')}
        isCaptionHidden
        isCountHidden
        rows={rows}
        rowKey={(row) => row.key}
        columns={[
          { key: 'name', label: t('assessment.section'), isRowHeading: true, value: (row) => row.name },
          {
            key: 'bank',
            label: t('assessment.bank'),
            kind: 'link',
            value: (row) => row.bank,
            href: (row) => bankHref(row.bank),
          },
          { key: 'tag', label: t('assessment.tag'), value: (row) => row.tag ?? t('assessment.any') },
          {
            key: 'difficulty',
            label: t('assessment.difficulty'),
            value: (row) => (row.difficulty ? difficultyLabel(row.difficulty, say) : t('assessment.any')),
          },
          { key: 'count', label: t('assessment.wanted'), kind: 'number', value: (row) => row.count },
          {
            key: 'found',
            label: t('assessment.found'),
            value: (row) =>
              row.found < row.count ? (
                <Tag tone="due">{t('assessment.foundOnly', { n: row.found })}</Tag>
              ) : (
                <Tag tone="done">{t('assessment.foundAll')}</Tag>
              ),
          },
        ]}
      />
    </Card>
  );
}

const feedbacks = {
  score: 'assessment.feedbackScore',
  rightness: 'assessment.feedbackRightness',
  explanations: 'assessment.feedbackExplanations',
} as const;

function Rules({ blueprint, say }: { blueprint: BlueprintRow; say: Say }) {
  const { t } = say;
  const { rules } = blueprint;
  const percent = (share: number) => `${Math.round(share * 10_000) / 100}%`;
  const attempts = rules.attempts === null ? t('assessment.unlimited') : String(rules.attempts);
  const rows = [
    { label: t('assessment.passMark'), value: percent(rules.passShare) },
    {
      label: t('assessment.minutesColumn'),
      value: rules.minutes === null ? t('assessment.unlimited') : String(rules.minutes),
    },
    { label: t('assessment.grace'), value: String(rules.graceSeconds) },
    { label: t('assessment.attempts'), value: attempts },
    {
      label: t('assessment.cooling'),
      value: rules.coolingMinutes === 0 ? t('assessment.none') : spanText(rules.coolingMinutes, say),
    },
    {
      label: t('assessment.negative'),
      value: rules.negativeShare === 0 ? t('assessment.none') : percent(rules.negativeShare),
    },
    { label: t('assessment.floor'), value: pointsText(rules.floor, say) },
    { label: t('assessment.partial'), value: t(rules.hasPartialCredit ? 'assessment.yes' : 'assessment.no') },
    { label: t('assessment.feedback'), value: t(feedbacks[rules.feedback]) },
  ];
  return (
    <Card title={t('assessment.rules')}>
      <SummaryList rows={rows} />
    </Card>
  );
}

/** The lessons that draw from it, each with the way back to its editor. */
function Uses({ view, say }: { view: View; say: Say }) {
  const { t, language } = say;
  return (
    <Card title={t('assessment.usedBy')} lead={view.mayEdit ? t('assessment.attachText') : undefined}>
      <Prose>
        {view.uses.length === 0 ? <p>{t('assessment.usedByNone')}</p> : null}
        <ul>
          {view.uses.map((use) => (
            <li key={`${use.course} ${use.lesson}`}>
              <a href={lessonHref(use)}>
                {nameOf(use, language)} · {pick({ hi: use.lessonHi, en: use.lessonEn }, language)}
              </a>
            </li>
          ))}
        </ul>
      </Prose>
    </Card>
  );
}
