import type { FastifyReply, FastifyRequest } from 'fastify';
import { personIdOf } from '../../../kernel/context.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { contentLanguages, endonymOf, languageChoice, languageName } from '../../../kernel/languages.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  Details,
  EmptyState,
  ErrorSummary,
  FilterBar,
  Form,
  PageHeading,
  Pagination,
  SelectField,
  Stat,
  StatStrip,
  Tabs,
  Tag,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import { EditorWords } from '../../authoring/pages/rich-text-area.tsx';
import { courseHref, listHref, type Say, sayOf, titleOf } from '../../authoring/pages/words.ts';
import { stateOf } from '../parts.ts';
import {
  countsIn,
  countsOf,
  languagesOfDesk,
  madeIn,
  type TranslationDesk,
  type Unit,
  unitsOf,
} from '../translation-desk.ts';
import { mayTranslate } from '../translation-rights.ts';
import type { TranslatorRow } from '../translators-store.ts';
import { aidKeys } from './aid-words.ts';
import { PartPair } from './part-pair.tsx';
import { Standing } from './standing.tsx';
import { Translators } from './translators-card.tsx';

export type TranslationQuery = { language: string; lesson?: string; show: 'all' | 'open'; page: number };
export type TranslationView = {
  desk: TranslationDesk;
  query: TranslationQuery;
  translators: TranslatorRow[];
  secondPersonWanted: boolean;
  /** The actor wrote or sent it himself. */
  isOwnText: boolean;
  state: FormState;
};

/** As many texts as a form carries; the cues of a long recording are more. */
const onePage = 50;

export function translationHref(code: string, query: Partial<TranslationQuery>, more = ''): string {
  const given = Object.entries(query).flatMap(([name, value]) => {
    const isUsual =
      value === undefined || (name === 'show' && value === 'all') || (name === 'page' && value === 1);
    return isUsual ? [] : [[name, String(value)]];
  });
  return courseHref(code, `/translation${more}?${new URLSearchParams(given)}`);
}

/** The translator's page: source and translation side by side, a lesson at a time, with what is left to do. */
export function sendTranslationPage(request: FastifyRequest, reply: FastifyReply, view: TranslationView) {
  const say = sayOf(request);
  const { t } = say;
  const { desk, query, state } = view;
  const { language } = query;
  const units = unitsOf(desk, language);
  const counts = countsIn(desk, language);
  const unit = units.find((one) => one.lesson?.code === query.lesson) ?? units[0];
  const canEdit = isOpen(view);
  const isOffice = desk.rights.into === 'every' || desk.rights.mayReview || desk.rights.mayPublish;
  return sendPage(
    request,
    reply,
    {
      area: isOffice ? 'office' : 'learner',
      activeLink: 'courses',
      breadcrumbs: isOffice
        ? [
            { label: t('catalogue.authorCourses'), href: listHref },
            { label: titleOf(desk.details, say.language), href: courseHref(desk.course.code, '/edit') },
          ]
        : [],
      title: t('workflow.translation'),
      hasErrors: state.errors.length > 0,
      scripts: canEdit ? ['translation.js'] : [],
    },
    <>
      {canEdit ? <TranslationAids request={request} view={view} say={say} /> : null}
      <ErrorSummary errors={state.errors} />
      <PageHeading
        title={t('workflow.translation')}
        lead={`${titleOf(desk.details, say.language)} · ${languageName(desk.details.language, t)} → ${languageChoice(language, t)}`}
      />
      <LanguageChoice view={view} say={say} />
      <StatStrip>
        <Stat label={t('workflow.parts')} value={units.flatMap((one) => one.parts).length} />
        <Stat label={t('workflow.part_untranslated')} value={counts.untranslated} />
        <Stat label={t('workflow.part_stale')} value={counts.stale} />
      </StatStrip>
      <Standing view={view} counts={counts} say={say} />
      <Units view={view} units={units} say={say} />
      {unit ? <Pairs view={view} unit={unit} say={say} /> : null}
      {desk.rights.mayInvite ? <Translators view={view} say={say} /> : null}
    </>,
  );
}

type Props = { view: TranslationView; say: Say };

/** Whether the actor may write, and nobody is asked to decide on it. */
function isOpen({ desk, query: { language } }: TranslationView): boolean {
  const isWaiting = desk.languages.some((one) => one.language === language && one.state === 'in_review');
  return mayTranslate(desk.rights, language) && !isWaiting;
}

/** For the script alone: its words, where a piece is saved, and whose texts this browser keeps. */
function TranslationAids({ request, view, say }: Props & { request: FastifyRequest }) {
  const { language } = view.query;
  const code = encodeURIComponent(view.desk.course.code);
  const words = Object.fromEntries(aidKeys.map((key) => [key, say.t(`workflow.${key}`)]));
  return (
    <>
      <EditorWords say={say} />
      <div
        id="translation-aids"
        data-words={JSON.stringify(words)}
        data-address={`/api/v1/courses/${code}/translations/${language}/pieces`}
        data-language={language}
        data-person={personIdOf(request.ctx.actor)?.slice(-12)}
        hidden
      />
    </>
  );
}

function LanguageChoice({ view, say }: Props) {
  const { t } = say;
  const { desk, query } = view;
  const { code } = desk.course;
  const may = contentLanguages.filter(
    (one) =>
      one !== desk.details.language && (desk.rights.into === 'every' || mayTranslate(desk.rights, one)),
  );
  const choices = may.length > 0 ? may : languagesOfDesk(desk);
  return (
    <>
      <FilterBar action={courseHref(code, '/translation')} submitLabel={t('workflow.openLanguage')}>
        <SelectField
          name="language"
          label={t('workflow.translateInto')}
          value={query.language}
          options={choices.map((one) => ({ value: one, label: languageChoice(one, t) }))}
        />
      </FilterBar>
      <Details summary={t('workflow.languages', { n: languagesOfDesk(desk).length })}>
        <LanguageTable view={view} say={say} />
      </Details>
    </>
  );
}

function LanguageTable({ view: { desk }, say }: Props) {
  const { t } = say;
  const rows = languagesOfDesk(desk).map((language) => ({
    language,
    counts: countsIn(desk, language),
    row: desk.languages.find((one) => one.language === language),
    isShown: desk.course.languages.includes(language),
  }));
  return (
    <DataTable
      caption={t('workflow.languages', { n: rows.length })}
      isCaptionHidden
      isCountHidden
      rows={rows}
      rowKey={(row) => row.language}
      columns={[
        {
          key: 'language',
          label: t('workflow.language'),
          isRowHeading: true,
          value: (row) => (
            <a href={translationHref(desk.course.code, { language: row.language })}>
              <span lang={row.language}>{endonymOf(row.language)}</span> · {languageName(row.language, t)}
            </a>
          ),
        },
        {
          key: 'untranslated',
          label: t('workflow.part_untranslated'),
          kind: 'number',
          value: (row) => row.counts.untranslated,
        },
        { key: 'stale', label: t('workflow.part_stale'), kind: 'number', value: (row) => row.counts.stale },
        {
          key: 'unpublished',
          label: t('workflow.unpublished'),
          kind: 'number',
          value: (row) => row.row?.unpublished ?? 0,
        },
        {
          key: 'state',
          label: t('workflow.languageState'),
          value: (row) => <LanguageTag row={row.row} isShown={row.isShown} say={say} />,
        },
      ]}
    />
  );
}

type TagProps = { row: TranslationDesk['languages'][number] | undefined; isShown: boolean; say: Say };

function LanguageTag({ row, isShown, say: { t } }: TagProps) {
  if (row?.state === 'in_review') return <Tag tone="progress">{t('workflow.translationWaits')}</Tag>;
  if (isShown) return <Tag tone="done">{t('workflow.languageShown')}</Tag>;
  return <Tag tone="draft">{t('workflow.languageHidden')}</Tag>;
}

function Units({ view, units, say }: Props & { units: Unit[] }) {
  const { t } = say;
  const { desk, query } = view;
  const made = madeIn(desk, query.language);
  return (
    <Card title={t('catalogue.authorLessons')}>
      <ul>
        {units.map((unit) => {
          const { untranslated, stale } = countsOf(unit.parts, made);
          const lesson = unit.lesson?.code;
          const href = translationHref(desk.course.code, { ...query, lesson, page: 1 });
          return (
            <li key={lesson ?? ''}>
              <a href={href} aria-current={lesson === query.lesson || undefined}>
                {unit.lesson ? titleOf(unit.lesson, say.language) : t('workflow.wholeCourse')}
              </a>{' '}
              {t('workflow.unitLine', { untranslated, stale })}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Pairs({ view, unit, say }: Props & { unit: Unit }) {
  const { t } = say;
  const { desk, query } = view;
  const { code } = desk.course;
  const made = madeIn(desk, query.language);
  const shown = unit.parts.filter((part) => query.show === 'all' || stateOf(part, made) !== 'done');
  const pages = Math.max(1, Math.ceil(shown.length / onePage));
  const page = Math.min(query.page, pages);
  const parts = shown.slice((page - 1) * onePage, page * onePage);
  const canEdit = isOpen(view);
  const hrefOf = (more: Partial<TranslationQuery>) => translationHref(code, { ...query, ...more });
  return (
    <>
      <Tabs
        label={t('workflow.showParts')}
        tabs={(['all', 'open'] as const).map((show) => ({
          label: t(show === 'all' ? 'workflow.allParts' : 'workflow.openParts'),
          href: hrefOf({ show, page: 1 }),
          isActive: query.show === show,
        }))}
      />
      {parts.length === 0 ? (
        <EmptyState icon="check" title={t('workflow.nothingLeft')}>
          {t('workflow.nothingLeftText')}
        </EmptyState>
      ) : (
        <Form id="translation-form" action={hrefOf({ page })} label={t('workflow.translation')}>
          {parts.map((part) => (
            <PartPair key={part.place} {...{ part, made, view, say, canEdit }} />
          ))}
          {canEdit ? (
            <ButtonRow>
              <Button>{t('common.save')}</Button>
            </ButtonRow>
          ) : null}
        </Form>
      )}
      {pages > 1 ? (
        <Pagination
          previousHref={page > 1 ? hrefOf({ page: page - 1 }) : undefined}
          nextHref={page < pages ? hrefOf({ page: page + 1 }) : undefined}
          text={t('workflow.pageOf', { page, pages })}
        />
      ) : null}
    </>
  );
}
