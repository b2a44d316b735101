import { formatDay, indiaDay } from '../../../kernel/dates.ts';
import { languageName } from '../../../kernel/languages.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  errorFor,
  Form,
  Notice,
  RadioGroup,
  TextArea,
} from '../../../shell/index.ts';
import type { Say } from '../../authoring/pages/words.ts';
import type { Counts, TranslationDesk } from '../translation-desk.ts';
import { mayTranslate } from '../translation-rights.ts';
import { type TranslationView, translationHref } from './translation-page.tsx';

type Props = { view: TranslationView; counts: Counts; say: Say };
type Row = TranslationDesk['languages'][number];

/** Whether learners read this language, what waits, and the one next step. */
export function Standing({ view, counts, say }: Props) {
  const { t } = say;
  const row = view.desk.languages.find((one) => one.language === view.query.language);
  if (!row) return null;
  if (row.state === 'in_review') return <Waiting view={view} row={row} counts={counts} say={say} />;
  const left = counts.untranslated + counts.stale;
  return (
    <Card title={t('workflow.toLearners')} tone={row.reason ? 'needs-you' : undefined}>
      {row.reason ? <p>{t('workflow.translationReturned', { reason: row.reason })}</p> : null}
      <p>{standingText(row, view, say)}</p>
      {left > 0 ? <p>{leftText(counts, say)}</p> : null}
      <Steps view={view} row={row} left={left} say={say} />
    </Card>
  );
}

function leftText({ untranslated, stale, done }: Counts, { t }: Say): string {
  return t('workflow.leftInSource', { n: untranslated + stale, parts: untranslated + stale + done });
}

function standingText(row: Row, { desk, query }: TranslationView, { t, language }: Say): string {
  const name = languageName(query.language, t);
  if (row.publishedAt) {
    const day = formatDay(indiaDay(row.publishedAt), language);
    return t('workflow.publishedSince', { language: name, day, n: row.unpublished });
  }
  const isShown = desk.course.languages.includes(query.language);
  return t(isShown ? 'workflow.inCourseItself' : 'workflow.notPublishedYet', {
    language: name,
    n: row.unpublished,
  });
}

function Steps({ view, row, left, say: { t } }: Omit<Props, 'counts'> & { row: Row; left: number }) {
  const { desk, query, secondPersonWanted } = view;
  const { rights } = desk;
  const action = (more: string) => translationHref(desk.course.code, { language: query.language }, more);
  return (
    <>
      {row.unpublished > 0 && rights.mayPublish && !secondPersonWanted ? (
        <Form action={action('/publication')}>
          {left > 0 ? (
            <Checkbox
              name="acceptsPartial"
              value="yes"
              label={t('workflow.acceptPartial', { n: left })}
              error={errorFor(view.state.errors, 'acceptsPartial')}
            />
          ) : null}
          <Button>{t('workflow.publishTranslation')}</Button>
        </Form>
      ) : null}
      <ButtonRow>
        {row.unpublished > 0 && mayTranslate(rights, query.language) ? (
          <Form action={action('/check')}>
            <Button variant={secondPersonWanted ? 'primary' : 'secondary'}>
              {t('workflow.sendTranslation')}
            </Button>
          </Form>
        ) : null}
        {row.publishedAt && rights.mayPublish ? (
          <Form action={action('/withdrawal')}>
            <Button variant="quiet">{t('workflow.withdrawTranslation')}</Button>
          </Form>
        ) : null}
      </ButtonRow>
    </>
  );
}

function Waiting({ view, row, counts, say }: Props & { row: Row }) {
  const { t, language } = say;
  const { desk, query } = view;
  const action = (more: string) => translationHref(desk.course.code, { language: query.language }, more);
  const day = row.sentAt ? formatDay(indiaDay(row.sentAt), language) : '';
  return (
    <>
      <Notice title={t('workflow.translationWaitsTitle')}>
        <p>{t('workflow.translationWaitsText', { day })}</p>
        {counts.untranslated + counts.stale > 0 ? <p>{leftText(counts, say)}</p> : null}
        {desk.rights.mayReview && view.isOwnText ? <p>{t('workflow.ownTranslation')}</p> : null}
      </Notice>
      {desk.rights.mayReview && !view.isOwnText ? (
        <Decision view={view} action={action('/decision')} say={say} />
      ) : null}
      {mayTranslate(desk.rights, query.language) ? (
        <Form action={action('/check/withdrawal')}>
          <Button variant="secondary">{t('workflow.takeBackTranslation')}</Button>
        </Form>
      ) : null}
    </>
  );
}

function Decision({ view, action, say: { t } }: { view: TranslationView; action: string; say: Say }) {
  const { values, errors } = view.state;
  return (
    <Card title={t('workflow.decide')}>
      <Form action={action}>
        <RadioGroup
          name="decision"
          label={t('workflow.decision')}
          value={values['decision']}
          error={errorFor(errors, 'decision')}
          options={[
            { value: 'approved', label: t('workflow.approveTranslation') },
            { value: 'returned', label: t('workflow.return') },
          ]}
        />
        <TextArea
          name="reason"
          label={t('workflow.reason')}
          hint={t('workflow.translationReasonHint')}
          value={values['reason']}
          error={errorFor(errors, 'reason')}
          rows={3}
        />
        <Button>{t('workflow.saveDecision')}</Button>
      </Form>
    </Card>
  );
}
