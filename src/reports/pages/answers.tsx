import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../../kernel/context.ts';
import { type FieldError as Fault, Refusal } from '../../kernel/errors.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import type { FieldError } from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { leaving } from '../api.ts';
import type { Definition } from '../definition.ts';
import { type Preview, previewReport } from '../preview-report.ts';
import { isUnknownWord, type UnknownWord } from '../resolve-report.ts';
import { home } from './query.ts';

export const nothing: Tried = { preview: undefined, errors: [], unknown: [] };
/** `unknown`: words of filters that say nothing, of which `errors` tell too. */
export type Tried = { preview: Preview | undefined; errors: FieldError[]; unknown: readonly UnknownWord[] };

/** A report that cannot be shown leaves the form with what was chosen, and says why. */
export async function tryPreview(
  request: FastifyRequest,
  reply: FastifyReply,
  definition: Definition,
  officeFault?: Refusal,
): Promise<Tried> {
  const { ctx } = request;
  try {
    return { ...nothing, preview: await previewReport(ctx, definition, leaving(reply)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    reply.status(error.status);
    const fields = error.fields.map((one) => fieldOf(one, ctx));
    const whole =
      error.code === 'not_found'
        ? { field: 'office', text: pick((officeFault ?? error).text, ctx.language) }
        : { field: definition.columns ? 'columns' : 'measures', text: pick(error.text, ctx.language) };
    const unknown = error.fields.filter(isUnknownWord);
    return { preview: undefined, errors: fields.length > 0 ? fields : [whole], unknown };
  }
}

export function fieldOf({ path, text }: Fault, { language }: Ctx): FieldError {
  return { field: path, text: pick(text, language) };
}

/** What is wrong with something that a form of the page asked for, at its field; what is no matter of the form goes on. */
export function faultsAt(field: string, error: unknown): Fault[] {
  if (!(error instanceof Refusal) || !['invalid', 'conflict'].includes(error.code)) throw error;
  if (error.fields.length === 0) return [{ path: field, code: error.reason, text: error.text }];
  return error.fields.map((fault) => ({ ...fault, path: field }));
}

type Said =
  | 'reports.wasSaved'
  | 'reports.wasShared'
  | 'reports.wasUnshared'
  | 'reports.wasRemoved'
  | 'reports.wasCopied'
  | 'reports.wasScheduled';

export function done(reply: FastifyReply, { to, said }: { to: string; said: Said }) {
  flash(reply, { kind: 'success', key: said });
  return seeOther(reply, to);
}

type Framed = { title: string; hasErrors?: boolean; refreshSeconds?: number; isBelow?: true };

export function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { isBelow, ...framed }: Framed,
  body: preact.JSX.Element,
) {
  const t = translator(request.ctx.language);
  const crumbs = isBelow
    ? { breadcrumbs: [{ label: t('reports.title'), href: home }, { label: framed.title }] }
    : {};
  return sendPage(request, reply, { area: 'office', activeLink: 'reports', ...framed, ...crumbs }, body);
}
