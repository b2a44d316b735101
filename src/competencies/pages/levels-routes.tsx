import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDayTime } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { type Bilingual, pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  errorFor,
  Form,
  Grid,
  PageHeading,
  Prose,
  TextArea,
  TextField,
} from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { changeLevels, levelsSubject } from '../dictionary/change-levels.ts';
import { levels } from '../dictionary/tags.ts';
import { requireDictionaryKeeper, rolesKeepingDictionary } from '../policy.ts';
import { levelsInput } from '../schema.ts';
import { allFrameworks, type Change, changesOf, type Framework } from '../stores/dictionary.ts';
import { deskHref, type Say, sayOf } from './words.ts';

export const levelsHref = `${deskHref}/levels`;
const config = { access: { roles: rolesKeepingDictionary } };

/** What the five levels are called: a form for the dictionary's keeper, and who changed it before. */
export function levelsRoutes(app: App): void {
  app.get(levelsHref, { config, schema: { hide: true } }, (request, reply) =>
    draw(request, reply, emptyForm),
  );
  app.post(levelsHref, { config, schema: { hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: levelsInput,
      read: (body) => ({
        levels: levels.map((_, at) => ({ hi: body[`levels.${at}.hi`], en: body[`levels.${at}.en`] })),
        note: { hi: body['noteHi'], en: body['noteEn'] },
      }),
      redraw: (state) => draw(request, reply, state),
      async submit(input) {
        await changeLevels(request.ctx, input);
        flash(reply, { kind: 'success', key: 'competencies.saved' });
        return seeOther(reply, levelsHref);
      },
    }),
  );
}

async function draw(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const { ctx } = request;
  await requireDictionaryKeeper(ctx);
  const [[framework], changes] = await Promise.all([
    allFrameworks(ctx.db.read),
    changesOf(ctx.db.read, levelsSubject),
  ]);
  const say = sayOf(request, framework?.levelNames ?? []);
  const values = state.errors.length > 0 ? state.values : valuesOf(framework);
  return sendPage(
    request,
    reply,
    {
      title: say.t('competencies.levelNamesTitle'),
      area: 'office',
      activeLink: 'competencies',
      width: 'reading',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [{ label: say.t('competencies.title'), href: deskHref }],
    },
    <LevelsPage state={{ ...state, values }} changes={changes} say={say} />,
  );
}

function valuesOf(framework: Framework | undefined): Record<string, string> {
  const names = (framework?.levelNames ?? []).flatMap(({ hi, en }, at) => [
    [`levels.${at}.hi`, hi],
    [`levels.${at}.en`, en],
  ]);
  return { ...Object.fromEntries(names), noteHi: framework?.noteHi ?? '', noteEn: framework?.noteEn ?? '' };
}

function LevelsPage({ state, changes, say }: { state: FormState; changes: Change[]; say: Say }) {
  const { t } = say;
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('competencies.levelNamesTitle')} lead={t('competencies.levelNamesLead')} />
      <Form action={levelsHref}>
        <Card>
          {levels.map((level, at) => (
            <Grid key={level}>
              <TextField
                {...field(`levels.${at}.hi`)}
                label={t('competencies.levelNameHi', { level })}
                lang="hi"
                isRequired
              />
              <TextField
                {...field(`levels.${at}.en`)}
                label={t('competencies.levelNameEn', { level })}
                lang="en"
                isRequired
              />
            </Grid>
          ))}
          <TextArea {...field('noteHi')} label={t('competencies.noteHi')} lang="hi" rows={3} isOptional />
          <TextArea {...field('noteEn')} label={t('competencies.noteEn')} lang="en" rows={3} isOptional />
          <ButtonRow>
            <Button>{t('common.save')}</Button>
            <Button variant="secondary" href={deskHref}>
              {t('common.cancel')}
            </Button>
          </ButtonRow>
        </Card>
      </Form>
      <Changes changes={changes} say={say} />
    </>
  );
}

function Changes({ changes, say }: { changes: Change[]; say: Say }) {
  const { t, language } = say;
  return (
    <Card title={t('competencies.history')}>
      {changes.length === 0 ? <p class="soft">{t('competencies.historyNone')}</p> : null}
      <Prose>
        <ul>
          {changes.map((change) => (
            <li key={change.happenedAt.getTime()}>
              {formatDayTime(change.happenedAt, language)} ·{' '}
              {pick({ hi: change.nameHi, en: change.nameEn }, language) || t('competencies.system')}
              {namesText(change, say)}
            </li>
          ))}
        </ul>
      </Prose>
    </Card>
  );
}

/** The names that were changed, before and since. */
function namesText({ detail }: Change, { language }: Say): string {
  const [before, after] = [namesIn(detail.before), namesIn(detail.after)];
  const parts = after.flatMap((name, at) => {
    const [was, is] = [pick(before[at] ?? {}, language), pick(name, language)];
    return was === is ? [] : [`${at + 1}: ${was} → ${is}`];
  });
  return parts.length > 0 ? ` (${parts.join('; ')})` : '';
}

function namesIn(side: Record<string, unknown> | undefined): Bilingual[] {
  const names = side?.['levelNames'];
  return Array.isArray(names) ? (names as Bilingual[]) : [];
}
