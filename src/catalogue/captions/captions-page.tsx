import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Runtime } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { languageName } from '../../kernel/languages.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  errorFor,
  Form,
  Grid,
  HiddenFields,
  Notice,
  PageHeading,
  Pagination,
  SelectField,
  TextArea,
  TextField,
} from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { contentOf } from '../authoring/contents.ts';
import { courseDesk, lessonOf } from '../authoring/course-desk.ts';
import { frameOf } from '../authoring/pages/publication-page.tsx';
import { lessonHref, type Say, sayOf, titleOf } from '../authoring/pages/words.ts';
import { authorRoles } from '../policy.ts';
import { captionsForm, cuesInForm, editsOf } from './captions-form.ts';
import { cueActs } from './edit-cues.ts';
import { saveCaptions } from './save-captions.ts';
import { type TrackCue, tracksOf } from './track-store.ts';
import { timeText } from './write-web-vtt.ts';

const params = z.object({ code: z.string().min(1).max(64), lesson: z.string().min(1).max(64) });
const querystring = z.object({
  language: z.enum(['hi', 'en']).catch('hi'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
const onePage = 20;
const actKeys = {
  keep: 'cueKeep',
  split: 'cueSplit',
  join: 'cueJoin',
  add: 'cueAdd',
  delete: 'cueDelete',
} as const;
const firstCue: TrackCue = { id: 'new', startSeconds: 0, endSeconds: 3, text: '' };

/** Captions mended cue by cue: a plain form, a page of the track at a time. */
export function captionPages(app: App, runtime: Runtime): void {
  const options = { config: { access: { roles: authorRoles } }, schema: { params, querystring, hide: true } };
  app.get('/office/courses/:code/lessons/:lesson/captions', options, (request, reply) =>
    draw(request, reply, request.query),
  );
  app.post('/office/courses/:code/lessons/:lesson/captions', options, (request, reply) =>
    answerForm(request, reply, {
      schema: captionsForm,
      read: cuesInForm,
      redraw: (state) => draw(request, reply, request.query, state),
      async submit({ from, cues }) {
        const at = { ...request.params, language: request.query.language };
        const edit = { from: from ?? null, edits: editsOf(cues) };
        await saveCaptions(request.ctx, runtime.storage, { at, edit });
        flash(reply, { kind: 'success', key: 'workflow.captionsSaved' });
        return seeOther(reply, captionsHref(at.code, at.lesson, request.query));
      },
    }),
  );
}

type Asked = z.output<typeof querystring>;

export function captionsHref(code: string, lesson: string, asked: Partial<Asked>): string {
  const given = Object.entries(asked).map(([name, value]) => [name, String(value)]);
  return lessonHref(code, lesson, `/captions?${new URLSearchParams(given)}`);
}

async function draw(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  state: FormState = emptyForm,
) {
  const { code, lesson: lessonCode } = params.parse(request.params);
  const say = sayOf(request);
  const { t } = say;
  const desk = await courseDesk(request.ctx, code);
  const lesson = lessonOf(desk, lessonCode);
  const fileId = contentOf(lesson, asked.language).captionsFileId;
  const known = fileId ? (await tracksOf(request.ctx.db.read, [fileId])).get(fileId) : undefined;
  const cues = known?.length ? known : [firstCue];
  const pages = Math.ceil(cues.length / onePage);
  const page = Math.min(asked.page, pages);
  const canEdit = desk.hasDraft && desk.mayEdit;
  const hrefOf = (to: number) => captionsHref(code, lessonCode, { ...asked, page: to });
  return sendPage(
    request,
    reply,
    { ...frameOf(desk, say), title: t('workflow.captions'), hasErrors: state.errors.length > 0 },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading
        title={t('workflow.captionsOf', { language: languageName(asked.language, t) })}
        lead={titleOf(lesson, say.language)}
      />
      {known?.length ? null : (
        <Notice title={t('workflow.captionsNone')}>
          <p>{t('workflow.captionsNoneText')}</p>
        </Notice>
      )}
      <p class="soft">{t('workflow.captionsLead')}</p>
      <Form action={hrefOf(page)} label={t('workflow.captions')}>
        <HiddenFields values={{ from: fileId ?? '' }} />
        {cues.slice((page - 1) * onePage, page * onePage).map((cue, index) => (
          <CueCard
            key={cue.id}
            cue={cue}
            number={(page - 1) * onePage + index + 1}
            language={asked.language}
            state={state}
            say={say}
          />
        ))}
        <ButtonRow>
          {canEdit ? <Button>{t('common.save')}</Button> : <p>{t('catalogue.authorReadOnly')}</p>}
          <Button variant="quiet" href={lessonHref(code, lessonCode)}>
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
      {pages > 1 ? (
        <Pagination
          previousHref={page > 1 ? hrefOf(page - 1) : undefined}
          nextHref={page < pages ? hrefOf(page + 1) : undefined}
          text={t('workflow.pageOf', { page, pages })}
        />
      ) : null}
    </>,
  );
}

type CueProps = { cue: TrackCue; number: number; language: string; state: FormState; say: Say };

function CueCard({ cue, number, language, state, say: { t } }: CueProps) {
  const field = (name: string, value: string) => ({
    name: `${name}:${cue.id}`,
    value: state.values[`${name}:${cue.id}`] ?? value,
    error: errorFor(state.errors, `${name}:${cue.id}`),
  });
  return (
    <Card title={t('workflow.cueNumber', { n: number })}>
      <Grid>
        <TextField
          {...field('start', timeText(cue.startSeconds))}
          label={t('workflow.cueStart')}
          width="short"
        />
        <TextField {...field('end', timeText(cue.endSeconds))} label={t('workflow.cueEnd')} width="short" />
      </Grid>
      <TextArea {...field('text', cue.text)} label={t('workflow.cueText')} rows={2} lang={language} />
      <SelectField
        {...field('act', 'keep')}
        label={t('workflow.cueAct')}
        options={cueActs.map((act) => ({ value: act, label: t(`workflow.${actKeys[act]}`) }))}
      />
    </Card>
  );
}
