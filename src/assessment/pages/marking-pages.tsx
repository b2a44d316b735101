import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  CheckboxGroup,
  type Column,
  DataTable,
  EmptyState,
  ErrorSummary,
  errorFor,
  Form,
  KeyValue,
  Notice,
  PageHeading,
  Prose,
  Tabs,
  TextArea,
} from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { correctMark, markAnswer, markingDesk, visibleAnswer } from '../mark-answer.ts';
import { markerRoles } from '../policy.ts';
import { reason } from '../schema.ts';
import type { MarkRow } from '../stores/marking.ts';
import { TestTabs } from './banks-page.tsx';
import { nameOf, percentOf, pointsText, type Say, sayOf } from './words.ts';

const marker = { access: { roles: markerRoles } };
const byAnswer = z.object({ paperId: z.uuid(), place: z.coerce.number().int().min(1).max(400) });
const listed = z.object({ state: z.enum(['waiting', 'marked']).catch('waiting') });
const markForm = z.object({
  criteria: z.union([z.string(), z.array(z.string())]).optional(),
  note: z.string().trim().max(2000).optional(),
  /** Said knowingly: no point was found. */
  zero: z.literal('yes').optional(),
});
const correctionForm = markForm.extend({ reason });
const deskHref = '/office/marking';

/** Where short answers are marked by their rubric, without the learner's name. */
export function markingRoutes(app: App): void {
  app.get(
    deskHref,
    { config: marker, schema: { querystring: listed, hide: true } },
    async (request, reply) => {
      const { state } = request.query;
      return sendDesk(request, reply, { state, rows: await markingDesk(request.ctx, state) });
    },
  );
  const options = { config: marker, schema: { params: byAnswer, hide: true } };
  app.get(`${deskHref}/:paperId/:place`, options, async (request, reply) => {
    const { paperId, place } = request.params;
    return sendAnswer(request, reply, await visibleAnswer(request.ctx, { paperId, place: place - 1 }));
  });
  app.post(
    `${deskHref}/:paperId/:place`,
    { config: marker, schema: { params: byAnswer, body: markForm, hide: true } },
    async (request, reply) => {
      const { paperId, place } = request.params;
      const criteria = [request.body.criteria ?? []].flat();
      if (criteria.length === 0 && !request.body.zero) return askZero(request, reply);
      await markAnswer(
        request.ctx,
        { paperId, place: place - 1 },
        { criteria, note: request.body.note || null },
      );
      flash(reply, { kind: 'success', key: 'assessment.marked' });
      const [next] = await markingDesk(request.ctx, 'waiting');
      return seeOther(reply, next ? markHref(next) : deskHref);
    },
  );
  correctionRoute(app);
}

/** One slip must not fail a person: without a point found the form comes back and asks. */
async function askZero(
  request: FastifyRequest<{ Params: z.output<typeof byAnswer>; Body: z.output<typeof markForm> }>,
  reply: FastifyReply,
) {
  const { paperId, place } = request.params;
  const row = await visibleAnswer(request.ctx, { paperId, place: place - 1 });
  reply.status(422);
  return sendAnswer(request, reply, { ...row, note: request.body.note ?? null, asksZero: true });
}

function correctionRoute(app: App): void {
  const options = { config: marker, schema: { params: byAnswer, hide: true } };
  app.post(`${deskHref}/:paperId/:place/correction`, options, (request, reply) => {
    const at = { paperId: request.params.paperId, place: request.params.place - 1 };
    return answerForm(request, reply, {
      schema: correctionForm,
      redraw: async (state) => sendAnswer(request, reply, await visibleAnswer(request.ctx, at), state),
      async submit({ criteria, note, reason }) {
        await correctMark(request.ctx, at, { criteria: [criteria ?? []].flat(), note: note || null, reason });
        flash(reply, { kind: 'success', key: 'assessment.marked' });
        return seeOther(reply, `${deskHref}/${at.paperId}/${at.place + 1}`);
      },
    });
  });
}

function markHref(row: MarkRow): string {
  return `${deskHref}/${row.paperId}/${row.place + 1}`;
}

type Desk = { state: 'waiting' | 'marked'; rows: MarkRow[] };

function sendDesk(request: FastifyRequest, reply: FastifyReply, { state, rows }: Desk) {
  const say = sayOf(request);
  const { t, language } = say;
  return sendPage(
    request,
    reply,
    { title: t('assessment.marking'), area: 'office', activeLink: 'banks' },
    <>
      <PageHeading title={t('assessment.tests')} lead={t('assessment.markingLead')} />
      <TestTabs at="marking" ctx={request.ctx} say={say} />
      <Tabs
        label={t('assessment.marking')}
        tabs={[
          { label: t('assessment.toMark'), href: deskHref, isActive: state === 'waiting' },
          {
            label: t('assessment.markedOnes'),
            href: `${deskHref}?state=marked`,
            isActive: state === 'marked',
          },
        ]}
      />
      <DataTable<MarkRow>
        caption={t('assessment.marking')}
        isCaptionHidden
        rows={rows}
        rowKey={(row) => markHref(row)}
        empty={
          <EmptyState icon="check" title={t('assessment.nothingToMark')}>
            {t('assessment.nothingToMarkText')}
          </EmptyState>
        }
        columns={[
          {
            key: 'question',
            label: t('catalogue.authorQuestion'),
            kind: 'link',
            isRowHeading: true,
            value: (row) => pick(row.content.text, language),
            href: markHref,
          },
          { key: 'test', label: t('assessment.blueprint'), value: (row) => nameOf(row, language) },
          { key: 'day', label: t('assessment.handedIn'), kind: 'date', value: (row) => row.submittedAt },
          ...(state === 'marked' ? [scoreColumn(say)] : []),
        ]}
      />
    </>,
  );
}

function scoreColumn({ t }: Say): Column<MarkRow> {
  return {
    key: 'share',
    label: t('assessment.score'),
    kind: 'percent',
    value: (row) => (row.share === null ? null : percentOf(row.share, 1)),
  };
}

type Shown = MarkRow & { asksZero?: boolean };

function sendAnswer(request: FastifyRequest, reply: FastifyReply, row: Shown, state = emptyForm) {
  const say = sayOf(request);
  const { t, language } = say;
  const title = t('assessment.markAnswer');
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'banks',
      width: 'reading',
      breadcrumbs: [{ label: t('assessment.marking'), href: deskHref }],
    },
    <>
      <ErrorSummary errors={state.errors} labels={{ reason: t('assessment.correctionReason') }} />
      <PageHeading title={title} lead={nameOf(row, language)} />
      <Card title={pick(row.content.text, language)}>
        <Prose>
          {(row.answer ?? '').split(/\n+/).map((line, at) => (
            <p key={at}>{line}</p>
          ))}
        </Prose>
        <KeyValue items={[{ label: t('assessment.words'), value: wordCount(row.answer ?? '') }]} />
      </Card>
      {row.state === 'waiting' ? <Rubric row={row} say={say} /> : <Mark row={row} say={say} />}
      {row.state === 'marked' ? <Correction row={row} state={state} say={say} /> : null}
    </>,
  );
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

function rubricOf(row: MarkRow) {
  return row.content.kind === 'short' ? row.content.rubric : [];
}

function Rubric({ row, say }: { row: Shown; say: Say }) {
  const { t } = say;
  return (
    <Form action={markHref(row)}>
      {row.asksZero ? (
        <Notice
          tone="needs-you"
          title={t('assessment.zeroTitle')}
          actions={
            <Button variant="danger" name="zero" value="yes">
              {t('assessment.zeroYes')}
            </Button>
          }
        >
          <p>{t('assessment.zeroText')}</p>
        </Notice>
      ) : null}
      <Card>
        <Points row={row} say={say} />
      </Card>
      <p>{t('assessment.markOnce')}</p>
      <ButtonRow>
        <Button icon="check">{t('assessment.keepMark')}</Button>
        <Button href={deskHref} variant="quiet">
          {t('common.cancel')}
        </Button>
      </ButtonRow>
    </Form>
  );
}

function Mark({ row, say }: { row: MarkRow; say: Say }) {
  const { t, language } = say;
  const found = rubricOf(row).filter((one) => row.criteria?.includes(one.code));
  return (
    <Card title={`${percentOf(row.share, 1)}%`} tone="done">
      <ul>
        {found.map((one) => (
          <li key={one.code}>{pick(one.text, language)}</li>
        ))}
      </ul>
      {row.note ? (
        <p>
          {t('assessment.noteToLearner')}: {row.note}
        </p>
      ) : null}
    </Card>
  );
}

function Points({ row, say }: { row: MarkRow; say: Say }) {
  const { t, language } = say;
  return (
    <>
      <CheckboxGroup
        name="criteria"
        label={t('assessment.foundPoints')}
        values={row.criteria ?? []}
        hint={t('assessment.foundPointsHint')}
        options={rubricOf(row).map((one) => ({
          value: one.code,
          label: `${pick(one.text, language)} (${pointsText(one.share * row.points, say)})`,
        }))}
      />
      <TextArea
        name="note"
        label={t('assessment.noteToLearner')}
        hint={t('assessment.noteHint')}
        rows={3}
        value={row.note ?? undefined}
        maxLength={2000}
        isOptional
      />
    </>
  );
}

function Correction({ row, state, say }: { row: MarkRow; state: FormState; say: Say }) {
  const { t } = say;
  return (
    <Form action={`${markHref(row)}/correction`}>
      <Card title={t('assessment.correctMark')}>
        <Points row={row} say={say} />
        <TextArea
          name="reason"
          label={t('assessment.correctionReason')}
          value={state.values['reason']}
          error={errorFor(state.errors, 'reason') ?? errorFor(state.errors, 'main')}
          rows={2}
          maxLength={500}
        />
        <Button variant="secondary">{t('assessment.correctMark')}</Button>
      </Card>
    </Form>
  );
}
