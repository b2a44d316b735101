import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import {
  type OfficeFault,
  type OfficeRow,
  officeByCode,
  officeById,
  officeFiltered,
  pathIsInScope,
  WrongOffice,
} from '../../organisations/index.ts';
import { rolesReadingOrders } from '../policy.ts';
import type { OrderRow } from '../stores/orders.ts';
import { sendOffice } from './office-routes.tsx';
import { statusHref } from './status-links.ts';
import { titleOfOrder } from './words.ts';

export type ChosenOffice = { office: OfficeRow | undefined; fault?: OfficeFault };

/**
 * The office asked for, by its code or by the name of one of the reader's; else one's own, or the order's where that
 * lies below it.
 */
export async function chosenOffice(
  ctx: Ctx,
  order: OrderRow,
  typed: string | undefined,
): Promise<ChosenOffice> {
  if (typed) {
    const known = await officeByCode(ctx, typed);
    return known ? { office: known } : officeFiltered(ctx, typed, rolesReadingOrders);
  }
  const own = await officeById(ctx, order.officeId);
  const scopes = scopesOf(ctx.actor, rolesReadingOrders);
  if (own && pathIsInScope(own.path, scopes)) return { office: own };
  const mine = scopes.find((scope) => scope !== '*');
  return { office: (mine && (await officeById(ctx, mine))) || own };
}

export async function requireOfficeOf(
  ctx: Ctx,
  order: OrderRow,
  typed: string | undefined,
): Promise<OfficeRow> {
  const { office, fault } = await chosenOffice(ctx, order, typed);
  if (!office) throw fault?.refusal ?? notFound();
  return office;
}

type WrongChoice = Pick<ChosenOffice, 'fault'> & { order: OrderRow; asOf: string | undefined };

/** The order's filter again, with what was typed, where that names no office. */
export function sendWrongOffice(
  request: FastifyRequest,
  reply: FastifyReply,
  { order, fault, asOf }: WrongChoice,
) {
  if (!fault) throw notFound();
  const title = titleOfOrder(order, request.ctx.language);
  const action = statusHref(order.mandateId);
  reply.status(fault.refusal.status);
  return sendOffice(request, reply, {
    ...{ title, hasErrors: true },
    body: <WrongOffice {...{ title, action, fault }} others={{ asOf }} />,
  });
}
