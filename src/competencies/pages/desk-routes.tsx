import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { latinDigits } from '../../kernel/text/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import {
  addCompetency,
  changeCompetency,
  reopenCompetency,
  retireCompetency,
} from '../dictionary/save-competency.ts';
import { levels } from '../dictionary/tags.ts';
import { competencyOf, levelNames } from '../dictionary/tree.ts';
import { requireDictionaryKeeper, rolesKeepingDictionary } from '../policy.ts';
import { byKey, competencyInput, newCompetencyInput } from '../schema.ts';
import { type Competency, changesOf } from '../stores/dictionary.ts';
import { DeskForm } from './desk-form.tsx';
import { deskHref, nameOf, sayOf } from './words.ts';

const config = { access: { roles: rolesKeepingDictionary } };

/** The editor's pages of the dictionary. */
export function deskRoutes(app: App): void {
  const one = { config, schema: { params: byKey, hide: true } };
  app.get(`${deskHref}/new`, { config, schema: { hide: true } }, (request, reply) =>
    drawNew(request, reply, emptyForm),
  );
  app.post(deskHref, { config, schema: { hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: newCompetencyInput,
      read: inputOf,
      redraw: (state) => drawNew(request, reply, state),
      async submit(input) {
        await addCompetency(request.ctx, input);
        flash(reply, { kind: 'success', key: 'competencies.added' });
        return seeOther(reply, `${deskHref}/${input.key}`);
      },
    }),
  );
  app.get(`${deskHref}/:key`, one, (request, reply) => drawOne(request, reply, emptyForm));
  app.post(`${deskHref}/:key`, one, (request, reply) =>
    answerForm(request, reply, {
      schema: competencyInput,
      read: inputOf,
      redraw: (state) => drawOne(request, reply, state),
      async submit(input) {
        await changeCompetency(request.ctx, request.params.key, input);
        flash(reply, { kind: 'success', key: 'competencies.saved' });
        return seeOther(reply, `${deskHref}/${request.params.key}`);
      },
    }),
  );
  for (const [part, act, key] of [
    ['retirement', retireCompetency, 'competencies.retiredFlash'],
    ['reopening', reopenCompetency, 'competencies.reopenedFlash'],
  ] as const)
    app.post(`${deskHref}/:key/${part}`, one, async (request, reply) => {
      await act(request.ctx, request.params.key);
      flash(reply, { kind: 'success', key });
      return seeOther(reply, `${deskHref}/${request.params.key}`);
    });
}

const text = z.string().catch('');

/** The form's lines and ten descriptor fields as the command's input. */
function inputOf(body: Record<string, unknown>): Record<string, unknown> {
  const word = (name: string) => text.parse(body[name]).trim();
  const number = (name: string) => (word(name) === '' ? undefined : Number(latinDigits(word(name))));
  const lines = word('subThemes')
    .split(/\r?\n/)
    .filter((line) => line.trim());
  return {
    key: word('key'),
    kind: word('kind'),
    nameHi: word('nameHi'),
    nameEn: word('nameEn'),
    subThemes: lines.map((line) => {
      const [hi = '', en = ''] = line.split('|').map((part) => part.trim());
      return { hi: hi || en, en: en || hi };
    }),
    descriptors: levels.map((level) => ({ hi: word(`level${level}Hi`), en: word(`level${level}En`) })),
    ordinal: number('ordinal'),
    revision: number('revision'),
  };
}

function valuesOf(competency: Competency): Record<string, string> {
  const { nameHi, nameEn, kind, subThemes, descriptors, ordinal } = competency;
  const texts = descriptors.flatMap(({ hi, en }, index) => [
    [`level${index + 1}Hi`, hi ?? ''],
    [`level${index + 1}En`, en ?? ''],
  ]);
  const lines = subThemes.map((theme) => `${theme.hi} | ${theme.en}`).join('\n');
  return { nameHi, nameEn, kind, subThemes: lines, ordinal: String(ordinal), ...Object.fromEntries(texts) };
}

async function drawNew(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  await requireDictionaryKeeper(request.ctx);
  const say = sayOf(request, await levelNames(request.ctx));
  const title = say.t('competencies.addTitle');
  return sendPage(
    request,
    reply,
    frameOf(say.t('competencies.title'), title, state),
    <DeskForm state={state} say={say} />,
  );
}

async function drawOne(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const { ctx } = request;
  await requireDictionaryKeeper(ctx);
  const { key } = byKey.parse(request.params);
  const [competency, changes, names] = await Promise.all([
    competencyOf(ctx, key),
    changesOf(ctx.db.read, key),
    levelNames(ctx),
  ]);
  const say = sayOf(request, names);
  const values = state.errors.length > 0 ? state.values : valuesOf(competency);
  return sendPage(
    request,
    reply,
    frameOf(say.t('competencies.title'), nameOf(competency, ctx.language), state),
    <DeskForm state={{ ...state, values }} say={say} found={{ competency, changes }} />,
  );
}

function frameOf(list: string, title: string, state: FormState) {
  return {
    title,
    area: 'office' as const,
    activeLink: 'competencies',
    width: 'reading' as const,
    hasErrors: state.errors.length > 0,
    breadcrumbs: [{ label: list, href: deskHref }, { label: title }],
  };
}
