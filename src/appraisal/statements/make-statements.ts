import { createHash, sign } from 'node:crypto';
import canonicalize from 'canonicalize';
import { newCertificateNumber, type SigningKey, signingKey } from '../../credentials/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { addDays, todayInIndia } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { newId } from '../../kernel/ids.ts';
import { isRecounting, type OrdersKnown, settleThese } from '../../mandates/index.ts';
import type { Calendar } from '../calendars/calendar.ts';
import { type Gathered, gatherMaterial, type KeptWord } from '../stores/material.ts';
import type { NewStatement } from '../stores/statements.ts';
import { buildContent, type Header, mainPosting, wordsNeeded } from './build-content.ts';
import type { CompletionFact, StatementContent, StatementInputs, Words } from './content.ts';

/** Somebody's year as gathered, with the orders and all else that a statement is made of. */
export type Draft = {
  personId: string;
  inputs: StatementInputs;
  completions: ReadonlyMap<string, CompletionFact>;
};

type Gathering = {
  personIds: readonly string[];
  calendar: Calendar;
  /** Of a correction: it knows the orders as they were at the first freeze, and those by whose number it is made. */
  ordersKnown?: OrdersKnown;
  /** Of a preview: how orders stand on this day, while it lies before the cut-off. */
  asOf?: string;
};

/** Gathers everything about these persons for the days of one calendar, as it is written now. */
export async function gatherDrafts(db: Reads | Tx, of: Gathering): Promise<Draft[]> {
  return (await gatheredBy(db, of)).map(draftOf);
}

/**
 * The same for good: facts that change while this runs are in the table of orders too, or in neither. Whose facts are
 * ahead of their standings is brought up to date here and read again.
 */
export async function gatherSettled(tx: Tx, of: Gathering): Promise<Draft[]> {
  const found = new Map((await gatheredBy(tx, of)).map((one) => [one.personId, one]));
  // Who is noted for a recount is noted nowhere else.
  const isAllLate = await isRecounting(tx);
  for (let round = 0; round < 5; round += 1) {
    const isLate = (one: Gathered) => one.isTouched || (isAllLate && round === 0);
    const late = [...found.values()].filter(isLate).map((one) => one.personId);
    if (late.length === 0) return [...found.values()].map(draftOf);
    await settleThese(tx, late);
    for (const one of await gatheredBy(tx, { ...of, personIds: late })) found.set(one.personId, one);
  }
  throw new Error('facts change faster than a statement can be made of them');
}

function gatheredBy(
  db: Reads | Tx,
  { personIds, calendar, ordersKnown, asOf }: Gathering,
): Promise<Gathered[]> {
  const { from, cutOff } = calendar;
  return gatherMaterial(db, personIds, { from, cutOff, ordersKnown, asOf });
}

function draftOf({ personId, inputs, completions }: Gathered): Draft {
  return { personId, inputs, completions: new Map(completions.map((fact) => [fact.id, fact])) };
}

export function keysOf(drafts: readonly Draft[]) {
  const all = drafts.flatMap(({ inputs, completions }) => wordsNeeded(inputs, completions.values()));
  return [...new Map(all.map((one) => [`${one.kind} ${one.key}`, one])).values()];
}

export function wordsOf(kept: readonly KeptWord[]): Words {
  const byKey = new Map(kept.map(({ kind, key, words }) => [`${kind} ${key}`, words]));
  return (kind, key) => byKey.get(`${kind} ${key}`);
}

export function headerOf(
  calendar: Calendar,
  more: Pick<Header, 'number' | 'frozenAt' | 'replaces'> & { form?: Header['form'] },
): Header {
  return {
    form: 2,
    ...more,
    year: calendar.year,
    period: { from: calendar.from, to: calendar.to },
    cutOff: calendar.cutOff,
    calendar: {
      code: calendar.code,
      orderNumber: calendar.orderNumber,
      orderDate: calendar.orderDate,
    },
  };
}

/** The bytes that are signed: RFC 8785, the same for the same content in every program. */
export function canonical(content: StatementContent): string {
  const text = canonicalize(content);
  if (text === undefined) throw new Error('a statement has no canonical form');
  return text;
}

export type Freezing = {
  calendar: Calendar;
  at: Date;
  words: Words;
  replaces?: StatementContent['replaces'];
};

/** Makes the rows of statements that are frozen at this instant. */
export async function statementMaker(ctx: Ctx): Promise<(draft: Draft, freezing: Freezing) => NewStatement> {
  const key = await signingKey(ctx.db);
  return (draft, freezing) => rowOf(draft, freezing, { key, today: todayInIndia(ctx.clock) });
}

function rowOf(draft: Draft, freezing: Freezing, by: { key: SigningKey; today: string }): NewStatement {
  const { calendar, at, words, replaces = null } = freezing;
  const statementNo = newStatementNumber(Number(calendar.to.slice(0, 4)));
  const header = headerOf(calendar, { number: statementNo, frozenAt: at.toISOString(), replaces });
  const says = buildContent(header, { ...draft, words });
  const content = canonical(says);
  // A correction is served at once: whoever waits for it has waited long enough.
  const servedOn = replaces || calendar.serviceOn <= by.today ? by.today : null;
  return {
    personId: draft.personId,
    statementId: newId(),
    year: calendar.year,
    statementNo,
    calendarId: calendar.calendarId,
    officeId: mainPosting(draft.inputs.postings, calendar.cutOff)?.officeId ?? null,
    content,
    minutes: says.totals.minutes,
    trainingDays: says.totals.days,
    listedName: firstLetters(says.person.name.hi ?? says.person.name.en ?? '', 100),
    inputs: draft.inputs,
    digest: createHash('sha256').update(content).digest('hex'),
    signature: sign(null, Buffer.from(content), by.key.privateKey).toString('base64'),
    keyId: by.key.kid,
    frozenAt: at,
    serviceOn: calendar.serviceOn,
    objectionDays: calendar.objectionDays,
    servedOn,
    objectionUntil: servedOn && addDays(servedOn, calendar.objectionDays),
    replacesNo: replaces?.number ?? null,
  };
}

/** By code points: half of a sign that takes two units is no text that can be stored. */
function firstLetters(text: string, most: number): string {
  return [...text.slice(0, 2 * most)].slice(0, most).join('');
}

/** As a certificate's number, with letters of its own: `ST27-7F3K-9Q2M-4TXC`. */
function newStatementNumber(year: number): string {
  return newCertificateNumber(year).replace(/^DK/, 'ST');
}
