import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { type Day, isDay } from '../../kernel/dates.ts';
import { type FieldError, invalid, Refusal } from '../../kernel/errors.ts';
import { plainNumber } from '../../kernel/text/index.ts';
import { faultText, faultWords } from './faults.ts';
import { oddPlace } from './odd-text.ts';
import { repeatedKey } from './repeated-key.ts';
import { type Rules, rulesSchema } from './rules.ts';

const day = z.string().refine(isDay, { error: 'not_a_day' });
const text = (most: number) => z.string().trim().min(1).max(most);
const number = z.string().overwrite(plainNumber).min(1).max(200);
const head = {
  order: z.strictObject({ number, date: day, issuer: text(300), issuerEn: text(300).optional() }),
  title: z
    .strictObject({ hi: text(500).optional(), en: text(500).optional() })
    .refine((title) => title.hi || title.en, { error: 'no_title' }),
};

const cited = z.strictObject({ number, effectiveOn: day.optional() });
const orderSchema = z.strictObject({ ...head, ...rulesSchema.shape, amends: cited.optional() });
const extensionSchema = z.strictObject({
  ...head,
  extends: z.strictObject({ number, until: day }),
});
const withdrawalSchema = z.strictObject({ ...head, withdraws: cited });

export type OrderHead = {
  number: string;
  date: Day;
  issuer: string;
  /** The same in English, where the order says it. */
  issuerEn?: string | undefined;
  titleHi: string | null;
  titleEn: string | null;
};

/** An order as it was read: a full one (which may take another's place), or one that extends or withdraws. */
export type OrderFile = { head: OrderHead; digest: string } & (
  | { kind: 'order'; rules: Rules }
  | { kind: 'amendment'; rules: Rules; cites: string; effectiveOn: Day }
  | { kind: 'extension'; cites: string; until: Day }
  | { kind: 'withdrawal'; cites: string; effectiveOn: Day }
);

/** Reads an order from its text; the refusal names every fault with its path. */
export function readOrderText(given: string): OrderFile {
  const text = given.replace(/^\uFEFF/, '');
  try {
    const value: unknown = JSON.parse(text);
    const repeated = refusalOfRepeated(text);
    if (repeated) throw repeated;
    return readOrder(value);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const words = { hi: 'यह JSON की फ़ाइल नहीं है।', en: 'This is not a JSON file.' };
    throw new Refusal('invalid', words, { reason: 'not_json' });
  }
}

/** What to say of an order's text, if it says a key twice. */
export function refusalOfRepeated(json: string): Refusal | undefined {
  const path = repeatedKey(json);
  if (path === undefined) return undefined;
  return faulty([{ path, code: 'said_twice', text: faultWords('said_twice') }]);
}

/** The same from a value: a form's, or a body's. */
export function readOrder(given: unknown): OrderFile {
  if (has(given, 'extends')) {
    const { order, title, extends: by } = parsed(extensionSchema, given);
    return finished(headOf(order, title), { kind: 'extension', cites: by.number, until: by.until });
  }
  if (has(given, 'withdraws')) {
    const { order, title, withdraws } = parsed(withdrawalSchema, given);
    const effectiveOn = withdraws.effectiveOn ?? order.date;
    return finished(headOf(order, title), { kind: 'withdrawal', cites: withdraws.number, effectiveOn });
  }
  const { order, title, amends, ...rules } = parsed(orderSchema, given);
  if (!amends) return finished(headOf(order, title), { kind: 'order', rules });
  const effectiveOn = amends.effectiveOn ?? order.date;
  return finished(headOf(order, title), { kind: 'amendment', rules, cites: amends.number, effectiveOn });
}

function has(given: unknown, key: string): boolean {
  return typeof given === 'object' && given !== null && key in given;
}

function parsed<T>(schema: z.ZodType<T>, given: unknown): T {
  const place = oddPlace(given);
  if (place) throw faulty([{ ...place, text: faultWords(place.code) }]);
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw faulty(result.error.issues.map(faultOf));
}

function faulty(fields: FieldError[]): Refusal {
  const lines = (language: 'hi' | 'en') =>
    fields.map((field) => `${field.path || '/'}: ${field.text[language]}`);
  return invalid(fields, {
    hi: `आदेश की फ़ाइल ठीक नहीं है:\n${lines('hi').join('\n')}`,
    en: `The order's file is not right:\n${lines('en').join('\n')}`,
  });
}

function faultOf(issue: z.core.$ZodIssue): FieldError {
  const path = issue.path.join('.');
  // The word that the schema gave, or zod's own kind of fault.
  const code = /^[a-z_]+$/.test(issue.message) ? issue.message : issue.code;
  return { path, code, text: faultText(code, issue) };
}

type Given = {
  order: { number: string; date: Day; issuer: string; issuerEn?: string | undefined };
  title: { hi?: string; en?: string };
};

function headOf(order: Given['order'], title: Given['title']): OrderHead {
  return { ...order, titleHi: title.hi ?? null, titleEn: title.en ?? null };
}

type Part = OrderFile extends infer One
  ? One extends OrderFile
    ? Omit<One, 'head' | 'digest'>
    : never
  : never;

function finished(head: OrderHead, part: Part): OrderFile {
  const canonical = canonicalize({ head, ...part }) ?? '';
  return { head, digest: createHash('sha256').update(canonical).digest('hex'), ...part } as OrderFile;
}
