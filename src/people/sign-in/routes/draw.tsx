import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { Refusal } from '../../../kernel/errors.ts';
import { type Language, type MessageKey, pick, translator } from '../../../kernel/i18n.ts';
import type { FieldError } from '../../../shell/index.ts';
import { type PageOptions, sendPage } from '../../../shell/site/index.ts';

type Draw = (errors: FieldError[], status?: number) => unknown;

/** Runs the command of a form; where it is refused the form comes back with its errors and a 4xx. */
export async function orDrawAgain(
  request: FastifyRequest,
  work: () => Promise<unknown>,
  options: { field: string; draw: Draw },
): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'not_found') throw error;
    return options.draw(errorsOf(error, request.ctx.language, options.field), error.status);
  }
}

/** A refusal without fields stands at the form's first one. */
function errorsOf(refusal: Refusal, language: Language, field: string): FieldError[] {
  if (refusal.fields.length === 0) return [{ field, text: pick(refusal.text, language) }];
  return refusal.fields.map((one) => ({ field: one.path, text: pick(one.text, language) }));
}

type Drawing = { request: FastifyRequest; reply: FastifyReply; errors?: FieldError[]; status?: number };

export function drawPage(
  { request, reply, errors, status }: Drawing,
  options: Omit<PageOptions, 'title'> & { title: MessageKey },
  body: ComponentChildren,
) {
  const title = translator(request.ctx.language)(options.title);
  const hasErrors = (errors?.length ?? 0) > 0;
  return sendPage(request, reply, { ...options, title, hasErrors, status }, body);
}
