import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { nameField, nameOrNothing } from '../../kernel/name-field.ts';
import { seeOther } from '../../shell/site/index.ts';
import { hasRules } from '../cited-order.ts';
import { draftMandate } from '../draft-mandate.ts';
import { rolesOrdering } from '../policy.ts';
import { readOrder } from '../rules/order-file.ts';
import type { OrderRow } from '../stores/orders.ts';
import { CiteFormPage, type CiteKind, citeTitle } from './cite-page.tsx';
import { citeKindOf, ownCitable, ownDraft, sendOffice } from './office-routes.tsx';
import { sayOf } from './person-routes.tsx';
import { titleOfOrder } from './words.ts';

const config = { access: { roles: rolesOrdering } } as const;
const byId = z.object({ id: z.uuid() });
const input = z.object({
  number: z.string('required').trim().min(1, 'required').max(200, 'too_long'),
  orderDate: z.iso.date('required'),
  issuer: z.string('required').trim().min(1, 'required').max(300, 'too_long'),
  issuerEn: z.string().trim().max(300, 'too_long').optional(),
  titleHi: nameField(500),
  titleEn: nameOrNothing(500).optional(),
  day: z.iso.date('required'),
  /** The digest of the draft that was opened to be changed. */
  seen: z.string().max(100).optional(),
});
const draftQuery = z.object({ draft: z.uuid().optional() });

/** Orders that extend or withdraw one in force. */
export function citingOrderRoutes(app: App): void {
  for (const kind of ['extension', 'withdrawal'] as const) {
    const path = `/office/orders/:id/${kind}`;
    const querystring = draftQuery;
    app.get(path, { config, schema: { params: byId, querystring, hide: true } }, async (request, reply) => {
      const order = await ownCitable(request.ctx, request.params.id);
      const { draft } = request.query;
      const state = draft ? await stateOfDraft(request.ctx, { order, kind, draft }) : emptyForm;
      return sendCite(request, reply, { order, kind, state });
    });
    app.post(path, { config, schema: { params: byId, hide: true } }, async (request, reply) => {
      const order = await ownCitable(request.ctx, request.params.id);
      return answerForm(request, reply, {
        schema: input,
        // An extension that is taken back is as if it had never been: no day of effect is asked.
        read: (body) =>
          kind === 'withdrawal' && order.kind === 'extension' ? { ...body, day: body['orderDate'] } : body,
        submit: async (given) => {
          const file = readOrder(fileOfCiting(order, kind, given));
          const drafted = await draftMandate(request.ctx, file, { seen: given.seen ?? null });
          return seeOther(reply, `/office/orders/${drafted.order.mandateId}`);
        },
        redraw: async (state) => sendCite(request, reply, { order, kind, state: byField(state) }),
      });
    });
  }
}

/** The form as a draft of this kind that cites this order fills it. */
async function stateOfDraft(
  ctx: Ctx,
  { order, kind, draft }: { order: OrderRow; kind: CiteKind; draft: string },
): Promise<FormState> {
  const found = await ownDraft(ctx, draft);
  const cites = found.takesBack ?? found.cites;
  if (hasRules(found) || citeKindOf(found) !== kind || cites !== order.number) throw notFound();
  const { number, orderDate, issuer, issuerEn, titleHi, titleEn, digest, until, effectiveOn } = found;
  const day = (kind === 'extension' ? until : effectiveOn) ?? '';
  const head = { number, orderDate, issuer, issuerEn: issuerEn ?? '' };
  const title = { titleHi: titleHi ?? '', titleEn: titleEn ?? '' };
  return { values: { ...head, ...title, day, seen: digest }, errors: [] };
}

function fileOfCiting(order: OrderRow, kind: CiteKind, given: z.output<typeof input>) {
  const { number, orderDate, issuer, issuerEn, titleHi, titleEn, day } = given;
  const title = { hi: titleHi, ...(titleEn ? { en: titleEn } : {}) };
  const written = { number, date: orderDate, issuer, ...(issuerEn ? { issuerEn } : {}) };
  const head = { order: written, title };
  return kind === 'extension'
    ? { ...head, extends: { number: order.number, until: day } }
    : { ...head, withdraws: { number: order.number, effectiveOn: day } };
}

const fields: Record<string, string> = {
  'order.number': 'number',
  'order.date': 'orderDate',
  'order.issuer': 'issuer',
  'order.issuerEn': 'issuerEn',
  'extends.until': 'day',
  'withdraws.effectiveOn': 'day',
  main: 'number',
};

function byField(state: FormState): FormState {
  const errors = state.errors.map((error) => ({ ...error, field: fields[error.field] ?? error.field }));
  return { ...state, errors };
}

type Cite = { order: OrderRow; kind: CiteKind; state: FormState };

function sendCite(request: FastifyRequest, reply: FastifyReply, { order, kind, state }: Cite) {
  const say = sayOf(request);
  const { number } = order;
  const title = say.t(citeTitle(order, kind), { number });
  return sendOffice(request, reply, {
    title: state.values['seen'] ? say.t('orders.editTitle') : title,
    crumbs: [{ label: titleOfOrder(order, say.language), href: `/office/orders/${order.mandateId}` }],
    hasErrors: state.errors.length > 0,
    body: <CiteFormPage {...{ order, kind, state, say }} />,
  });
}
