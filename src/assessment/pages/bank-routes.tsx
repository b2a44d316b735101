import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { scopesOf } from '../../kernel/context.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { nameOrNothing } from '../../kernel/name-field.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { authorRoles, holdsOver, readerRoles } from '../policy.ts';
import { ownBanks, visibleBank } from '../queries.ts';
import { createBank, saveBank } from '../save-bank.ts';
import { code } from '../schema.ts';
import { questionsOf, tagsOf } from '../stores/banks.ts';
import { sendBankForm } from './bank-form.tsx';
import { sendBank } from './bank-page.tsx';
import { sendBanks } from './banks-page.tsx';
import { bankHref } from './words.ts';

const author = { access: { roles: authorRoles } };
const reader = { access: { roles: readerRoles } };
const byBank = z.object({ bank: z.string().min(1).max(64) });
const search = z.object({
  q: z.string().max(100).optional().catch(undefined),
  tag: z.string().max(60).optional().catch(undefined),
  difficulty: z.coerce.number().int().min(1).max(3).optional().catch(undefined),
  state: z.enum(['stale', 'retired']).optional().catch(undefined),
  after: z.string().max(64).optional(),
});
const pageSize = 50;

const titles = {
  titleHi: nameOrNothing(200).optional(),
  titleEn: nameOrNothing(200).optional(),
};
const hasTitle = (values: { titleHi?: string; titleEn?: string }) =>
  Boolean(values.titleHi || values.titleEn);
const needed = { message: 'title_in_some_language', path: ['titleHi'] };
const newBank = z.object({ code, ...titles }).refine(hasTitle, needed);
const editedBank = z
  .object({ revision: z.coerce.number().int(), isRetired: z.string().optional(), ...titles })
  .refine(hasTitle, needed);

/** An author's pages of question banks. */
export function bankRoutes(app: App): void {
  app.get('/office/banks', { config: reader, schema: { hide: true } }, async (request, reply) => {
    const banks = await ownBanks(request.ctx);
    const mayMake = scopesOf(request.ctx.actor, authorRoles).length > 0;
    return sendBanks(request, reply, { banks, mayMake });
  });
  app.get('/office/banks/new', { config: author, schema: { hide: true } }, (request, reply) =>
    sendBankForm(request, reply, { state: emptyForm }),
  );
  app.post('/office/banks', { config: author, schema: { hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: newBank,
      redraw: async (state) => sendBankForm(request, reply, { state }),
      async submit({ code: own, titleHi, titleEn }) {
        await createBank(request.ctx, { code: own, title: { hi: titleHi, en: titleEn } });
        flash(reply, { kind: 'success', key: 'assessment.bankMade' });
        return seeOther(reply, bankHref(own));
      },
    }),
  );
  oneBank(app);
}

function oneBank(app: App): void {
  app.get(
    '/office/banks/:bank',
    { config: reader, schema: { params: byBank, querystring: search, hide: true } },
    async (request, reply) => {
      const bank = await visibleBank(request.ctx, request.params.bank);
      const { db } = request.ctx;
      const [rows, tags] = await Promise.all([
        questionsOf(db.read, bank.bankId, { ...request.query, limit: pageSize + 1 }),
        tagsOf(request.ctx, bank.bankId),
      ]);
      const questions = rows.slice(0, pageSize);
      const next = rows.length > pageSize ? (questions.at(-1)?.code ?? null) : null;
      const mayEdit = holdsOver(request.ctx, authorRoles, bank);
      return sendBank(request, reply, { bank, questions, tags, next, mayEdit, search: request.query });
    },
  );
  const options = { config: author, schema: { params: byBank, hide: true } };
  app.get('/office/banks/:bank/edit', options, (request, reply) =>
    draw(request, reply, { own: request.params.bank }),
  );
  app.post('/office/banks/:bank/edit', options, (request, reply) => {
    const { bank } = request.params;
    return answerForm(request, reply, {
      schema: editedBank,
      redraw: (state) => draw(request, reply, { own: bank, state }),
      async submit({ revision, titleHi, titleEn, isRetired }) {
        const title = { hi: titleHi, en: titleEn };
        await saveBank(request.ctx, bank, { revision, title, isRetired: Boolean(isRetired) });
        flash(reply, { kind: 'success', key: 'assessment.saved' });
        return seeOther(reply, bankHref(bank));
      },
    });
  });
}

async function draw(
  request: FastifyRequest,
  reply: FastifyReply,
  { own, state = emptyForm }: { own: string; state?: FormState },
) {
  return sendBankForm(request, reply, { bank: await visibleBank(request.ctx, own), state });
}
