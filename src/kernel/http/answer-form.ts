import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Refusal } from '../errors.ts';
import { fieldText } from '../field-texts.ts';
import { type Bilingual, type Language, pick } from '../i18n.ts';
import { latinDigits } from '../text/digits.ts';

export type FormValues = Record<string, string>;
/** What a form is drawn with: empty at first, else what was sent and what is wrong with it. */
export type FormState = {
  values: FormValues;
  errors: { field: string; text: string }[];
  /** The refusal behind the errors, if it was one: its `reason` may ask for a further field. */
  refusal?: Refusal;
};

type FormParts<S extends z.ZodType> = {
  schema: S;
  /** Calls the command and answers with the next page. */
  submit(input: z.output<S>): Promise<unknown>;
  /** Draws the same page again, with 4xx already set. */
  redraw(state: FormState): Promise<unknown>;
  /** Fields that are emptied by sending them blank: they become null instead of absent. */
  clearable?: readonly string[];
  /** Makes of the body what the schema reads, where a field is sent in parts. */
  read?(body: Record<string, unknown>): Record<string, unknown>;
};

/**
 * The one way of a page's POST: parse, submit, or draw the form again with what was typed, an error summary
 * and a 4xx. Refusals that are no matter of the form (not found, no right) go on to the edge.
 */
export async function answerForm<S extends z.ZodType>(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: FormParts<S>,
): Promise<unknown> {
  const values = valuesOf(request.body);
  const body = (request.body ?? {}) as Record<string, unknown>;
  const read = parts.read ? parts.read(body) : body;
  const parsed = parsedForm(parts.schema, withoutBlanks(read, parts.clearable ?? []));
  if (!parsed.success) {
    reply.status(422);
    const errors = parsed.error.issues.map((issue) => errorOf(issue, request.ctx.language));
    return parts.redraw({ values, errors: firstOfEachField(errors) });
  }
  try {
    return await parts.submit(parsed.data);
  } catch (error) {
    if (!(error instanceof Refusal) || !belongsToForm(error)) throw error;
    reply.status(error.status);
    return parts.redraw({ values, errors: errorsOf(error, request.ctx.language), refusal: error });
  }
}

/** A number may be typed in Hindi digits; what a schema takes as it is stays as it is. */
function parsedForm<S extends z.ZodType>(schema: S, given: Record<string, unknown>) {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed;
  const faulty = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  const entries = Object.entries(given).map(([name, value]) =>
    typeof value === 'string' && faulty.has(name) ? [name, latinDigits(value)] : [name, value],
  );
  return schema.safeParse(Object.fromEntries(entries));
}

export const emptyForm: FormState = { values: {}, errors: [] };

function belongsToForm(refusal: Refusal): boolean {
  return ['invalid', 'conflict', 'too_many', 'has_dependents'].includes(refusal.code);
}

/** The single texts of a form as they were sent. */
export function valuesOf(body: unknown): FormValues {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function withoutBlanks(body: Record<string, unknown>, clearable: readonly string[]): Record<string, unknown> {
  const entries = Object.entries(body).flatMap(([name, value]) => {
    if (typeof value !== 'string' || value.trim() !== '') return [[name, value] as const];
    return clearable.includes(name) ? [[name, null] as const] : [];
  });
  return Object.fromEntries(entries);
}

function errorOf(issue: z.core.$ZodIssue, language: Language) {
  return { field: issue.path.join('.'), text: pick(textOf(issue), language) };
}

function textOf(issue: z.core.$ZodIssue): Bilingual {
  const own = fieldText(issue.message);
  if (own) return own;
  const generic =
    issue.code === 'too_big' ? 'too_long' : issue.code === 'invalid_value' ? 'unknown_choice' : 'required';
  return fieldText(generic) ?? { hi: issue.message, en: issue.message };
}

function errorsOf(refusal: Refusal, language: Language) {
  if (refusal.fields.length === 0) return [{ field: 'main', text: pick(refusal.text, language) }];
  return refusal.fields.map((field) => ({ field: field.path, text: pick(field.text, language) }));
}

function firstOfEachField(errors: FormState['errors']): FormState['errors'] {
  return errors.filter((error, index) => errors.findIndex((other) => other.field === error.field) === index);
}
