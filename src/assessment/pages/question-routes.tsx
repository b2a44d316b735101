import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { mostOptions, type Question, questionOf } from '../../catalogue/index.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { authorRoles, readerRoles } from '../policy.ts';
import { visibleBank, visibleQuestion } from '../queries.ts';
import { addQuestions, restoreQuestion, retireQuestion, saveQuestion } from '../save-bank-question.ts';
import { bankKinds } from './bank-page.tsx';
import { sendQuestion } from './question-page.tsx';
import { bankHref, questionHref } from './words.ts';

const author = { access: { roles: authorRoles } };
const reader = { access: { roles: readerRoles } };
const byBank = z.object({ bank: z.string().min(1).max(64) });
const byQuestion = byBank.extend({ question: z.string().min(1).max(64) });
const kinds = z.object({
  kind: z.enum(bankKinds as [Question['kind'], ...Question['kind'][]]).catch('single'),
});

/** The questions of a bank, a page each, without script. */
export function questionRoutes(app: App): void {
  const added = { config: author, schema: { params: byBank, querystring: kinds, hide: true } };
  app.get('/office/banks/:bank/questions/new', added, (request, reply) =>
    draw(request, reply, { ...request.params, kind: request.query.kind, state: emptyForm }),
  );
  app.post('/office/banks/:bank/questions/new', added, (request, reply) =>
    answer(request, reply, { ...request.params, kind: request.query.kind }),
  );
  app.get(
    '/office/banks/:bank/questions/:question',
    { config: reader, schema: { params: byQuestion, hide: true } },
    (request, reply) => draw(request, reply, { ...request.params, state: emptyForm }),
  );
  const one = { config: author, schema: { params: byQuestion, hide: true } };
  app.post('/office/banks/:bank/questions/:question', one, (request, reply) =>
    answer(request, reply, request.params),
  );
  app.post('/office/banks/:bank/questions/:question/retirement', one, async (request, reply) => {
    const { bank, question } = request.params;
    await retireQuestion(request.ctx, { bank, question });
    flash(reply, { kind: 'success', key: 'assessment.questionRetired' });
    return seeOther(reply, bankHref(bank));
  });
  app.post('/office/banks/:bank/questions/:question/restoration', one, async (request, reply) => {
    const { bank, question } = request.params;
    await restoreQuestion(request.ctx, { bank, question });
    flash(reply, { kind: 'success', key: 'assessment.saved' });
    return seeOther(reply, questionHref(bank, question));
  });
}

type Asked = { bank: string; question?: string; kind?: Question['kind'] };
type Drawn = Asked & { state: FormState; rows?: number; isTyped?: boolean };

async function draw(request: FastifyRequest, reply: FastifyReply, drawn: Drawn) {
  const bank = await visibleBank(request.ctx, drawn.bank);
  const found = drawn.question
    ? (await visibleQuestion(request.ctx, { bank: drawn.bank, question: drawn.question })).question
    : undefined;
  const kind = found?.kind ?? drawn.kind ?? 'single';
  const { state, rows, isTyped } = drawn;
  return sendQuestion(request, reply, { bank, question: found, kind, state, rows, isTyped });
}

async function answer(request: FastifyRequest, reply: FastifyReply, asked: Asked) {
  const body = (request.body ?? {}) as Record<string, unknown>;
  if (body['action'] === 'more') return drawMore(request, reply, { ...asked, body });
  const kind = asked.question
    ? (await visibleQuestion(request.ctx, { bank: asked.bank, question: asked.question })).question.kind
    : (asked.kind ?? 'single');
  return answerForm(request, reply, {
    schema: questionForm(kind),
    redraw: (state) => draw(request, reply, { ...asked, state }),
    async submit({ revision, ...edit }) {
      const at = { bank: asked.bank, question: asked.question ?? '' };
      if (asked.question) await saveQuestion(request.ctx, at, { ...edit, revision });
      else await addQuestions(request.ctx, asked.bank, [edit]);
      flash(reply, { kind: 'success', key: 'assessment.saved' });
      return seeOther(
        reply,
        asked.question ? questionHref(asked.bank, asked.question) : bankHref(asked.bank),
      );
    },
  });
}

/** The same form with two more rows, as typed; nothing is saved. */
function drawMore(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, ...asked }: Asked & { body: Record<string, unknown> },
) {
  const entries = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const shown = entries.filter(([name]) => /^option-\d+-hi$/.test(name)).length;
  const state = { values: Object.fromEntries(entries), errors: [] };
  return draw(request, reply, { ...asked, state, rows: Math.min(mostOptions, shown + 2), isTyped: true });
}

function questionForm(kind: Question['kind']) {
  return z.record(z.string(), z.unknown()).transform((values, issues) => {
    const fault = (path: string, message: string) =>
      issues.addIssue({ code: 'custom', path: [path], message });
    const content = { ...questionOf(kind, values, fault), code: 'q' } as Question;
    if (issues.issues.length > 0) return z.NEVER;
    const word = (name: string) => (typeof values[name] === 'string' ? String(values[name]).trim() : '');
    return {
      content,
      revision: Number(word('revision')) || 0,
      difficulty: Math.min(3, Math.max(1, Number(word('difficulty')) || 2)),
      tags: tagsIn(word('tags')),
      twinsAgree: word('twinsAgree') !== '',
    };
  });
}

/** "otp; फ़िशिंग, pin": parted by ; or , in small letters, each once. */
export function tagsIn(text: string): string[] {
  const tags = text.split(/[;,]/).map((tag) => tag.trim().toLowerCase().slice(0, 60));
  return [...new Set(tags.filter(Boolean))].slice(0, 20);
}
