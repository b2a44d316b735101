import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  Form,
  Grid,
  HiddenFields,
  PageHeading,
  Stat,
  StatStrip,
  Tag,
  TextArea,
  TextField,
} from '../../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../../shell/site/index.ts';
import { courseDesk, lessonOf } from '../../authoring/course-desk.ts';
import { frameOf } from '../../authoring/pages/publication-page.tsx';
import { courseHref, languageLabel, type Say, sayOf, titleOf } from '../../authoring/pages/words.ts';
import { authorRoles } from '../../policy.ts';
import { detailsParts, lessonParts, type Made, otherSide, type Part, type Side, stateOf } from '../parts.ts';
import { saveTranslation } from '../save-translation.ts';
import { madeFrom } from '../store.ts';

const params = z.object({ code: z.string().min(1).max(64) });
const querystring = z.object({ lesson: z.string().min(1).max(64).optional().catch(undefined) });
const tones = { untranslated: 'overdue', stale: 'due', done: 'done' } as const;

/** The translator's page: source and translation side by side, a lesson at a time, with what is left to do. */
export function translationPages(app: App): void {
  const options = {
    config: { access: { roles: authorRoles } },
    schema: { params, querystring, hide: true },
  };
  app.get('/office/courses/:code/translation', options, (request, reply) =>
    draw(request, reply, { ...request.params, ...request.query, state: emptyForm }),
  );
  app.post('/office/courses/:code/translation', options, (request, reply) => {
    const { code } = request.params;
    const { lesson } = request.query;
    return answerForm(request, reply, {
      schema: z.object({
        revision: z.coerce.number().int(),
        texts: z.record(z.string(), z.string().max(200_000, 'too_long')),
      }),
      read: (body) => ({ revision: body['revision'], texts: textsIn(body) }),
      redraw: (state) => draw(request, reply, { code, lesson, state }),
      async submit(input) {
        await saveTranslation(request.ctx, { code, lesson }, input);
        flash(reply, { kind: 'success', key: 'workflow.translationSaved' });
        return seeOther(reply, hrefOf(code, lesson));
      },
    });
  });
}

function textsIn(body: Record<string, unknown>): Record<string, unknown> {
  const named = Object.entries(body).filter(([name]) => name.startsWith('text:'));
  return Object.fromEntries(named.map(([name, value]) => [name.slice('text:'.length), value]));
}

function hrefOf(code: string, lesson?: string): string {
  return courseHref(code, `/translation${lesson ? `?${new URLSearchParams({ lesson })}` : ''}`);
}

type Asked = { code: string; lesson?: string; state: FormState };

async function draw(request: FastifyRequest, reply: FastifyReply, { code, lesson, state }: Asked) {
  const say = sayOf(request);
  const { t } = say;
  const desk = await courseDesk(request.ctx, code);
  const from = desk.details.language;
  const made = await madeFrom(request.ctx.db.read, {
    courseId: desk.course.courseId,
    language: otherSide(from),
  });
  const chosen = lesson ? lessonOf(desk, lesson) : undefined;
  const units = [
    { title: t('workflow.wholeCourse'), lesson: undefined, parts: detailsParts(desk.details) },
    ...desk.lessons.map((one) => ({
      ...{ title: titleOf(one, say.language), lesson: one.code, parts: lessonParts(one, from) },
    })),
  ];
  const all = units.flatMap((unit) => unit.parts);
  const parts = units.find((unit) => unit.lesson === chosen?.code)?.parts ?? [];
  const canEdit = desk.hasDraft && desk.mayEdit;
  return sendPage(
    request,
    reply,
    { ...frameOf(desk, say), title: t('workflow.translation'), hasErrors: state.errors.length > 0 },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading
        title={t('workflow.translation')}
        lead={`${languageLabel(from, say)} → ${languageLabel(otherSide(from), say)}`}
      />
      <StatStrip>
        <Stat label={t('workflow.parts')} value={all.length} />
        <Stat label={t('workflow.part_untranslated')} value={count(all, made, 'untranslated')} />
        <Stat label={t('workflow.part_stale')} value={count(all, made, 'stale')} />
      </StatStrip>
      <Card title={t('catalogue.authorLessons')}>
        <ul>
          {units.map((unit) => (
            <li key={unit.lesson ?? ''}>
              <a href={hrefOf(code, unit.lesson)} aria-current={unit.lesson === chosen?.code || undefined}>
                {unit.title}
              </a>{' '}
              {t('workflow.unitLine', {
                untranslated: count(unit.parts, made, 'untranslated'),
                stale: count(unit.parts, made, 'stale'),
              })}
            </li>
          ))}
        </ul>
      </Card>
      <Form action={hrefOf(code, chosen?.code)} label={t('workflow.translation')}>
        <HiddenFields values={{ revision: state.values['revision'] ?? (chosen ?? desk.version).revision }} />
        {parts.map((part) => (
          <PartPair key={part.place} part={part} made={made} state={state} from={from} say={say} />
        ))}
        {canEdit ? (
          <ButtonRow>
            <Button>{t('common.save')}</Button>
          </ButtonRow>
        ) : (
          <p>{t('catalogue.authorReadOnly')}</p>
        )}
      </Form>
    </>,
  );
}

function count(parts: Part[], made: ReadonlyMap<string, Made>, state: keyof typeof tones): number {
  return parts.filter((part) => stateOf(part, made) === state).length;
}

type PairProps = { part: Part; made: ReadonlyMap<string, Made>; state: FormState; from: Side; say: Say };

/** Side by side from 1024 px, one above the other on a phone. */
function PartPair({ part, made, state, from, say }: PairProps) {
  const { t } = say;
  const standing = stateOf(part, made);
  const name = `text:${part.place}`;
  const field = { name, label: languageLabel(otherSide(from), say), lang: otherSide(from) };
  const value = state.values[name] ?? part.target;
  return (
    <Card title={t(`workflow.field_${part.field}` as 'workflow.field_title')}>
      <Tag tone={tones[standing]}>{t(`workflow.part_${standing}`)}</Tag>
      <Grid>
        <div lang={from}>
          {part.source.split('\n').map((line, index) => (
            <p key={`${index}:${line}`}>{line}</p>
          ))}
        </div>
        {part.isLong ? (
          <TextArea {...field} rows={8} value={value} />
        ) : (
          <TextField {...field} value={value} />
        )}
      </Grid>
    </Card>
  );
}
