import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { audit } from '../kernel/audit.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { addDays, type Day, todayInIndia } from '../kernel/dates.ts';
import { notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { settleChanged } from './settle.ts';
import { type PersonMandate, standingOfPerson } from './standing.ts';
import { endFeed, insertFeed, liveFeed } from './stores/order-pages.ts';

/**
 * Gives the person a secret address for his due days; the one before ends. The address is shown once: only its
 * hash is kept. It begins with the person's id, so that it is found without a list over all persons.
 */
export async function makeCalendarAddress(ctx: Ctx): Promise<string> {
  const personId = requirePerson(ctx);
  const secret = randomBytes(24);
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    await endFeed(tx, personId, now);
    await insertFeed(tx, { personId, feedId: newId(), secretHash: hashOf(secret), now });
    await audit(tx, ctx, { action: 'order_feed.made', subjectKind: 'person', subjectId: personId, personId });
  });
  return Buffer.concat([bytesOf(personId), secret]).toString('base64url');
}

/** Ends the address; calendars that read it find nothing any more. */
export async function endCalendarAddress(ctx: Ctx): Promise<void> {
  const personId = requirePerson(ctx);
  await ctx.db.transaction(async (tx) => {
    await endFeed(tx, personId, ctx.clock.now());
    await audit(tx, ctx, {
      action: 'order_feed.ended',
      subjectKind: 'person',
      subjectId: personId,
      personId,
    });
  });
}

/** Since when an address is out, if one is. */
export async function calendarAddressSince(ctx: Ctx): Promise<Date | undefined> {
  return (await liveFeed(ctx.db.read, requirePerson(ctx)))?.madeAt;
}

/** What a calendar reads under a secret address: the orders of its person. Anything else is not found. */
export async function calendarOf(ctx: Ctx, address: string): Promise<PersonMandate[]> {
  const bytes = Buffer.from(address, 'base64url');
  if (bytes.length !== 40) throw notFound();
  const personId = idOf(bytes.subarray(0, 16));
  const feed = await liveFeed(ctx.db.read, personId);
  if (!feed || !timingSafeEqual(feed.secretHash, hashOf(bytes.subarray(16)))) throw notFound();
  await settleChanged(ctx.db);
  return standingOfPerson(ctx, personId);
}

function hashOf(secret: Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest();
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function idOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export type CalendarWords = {
  name: string;
  event(row: PersonMandate): { summary: string; description: string };
};

/** A calendar (RFC 5545) of the due days that are still before one, each a whole day with a call a week before. */
export function icsOf(
  ctx: Pick<Ctx, 'clock' | 'config'>,
  rows: readonly PersonMandate[],
  words: CalendarWords,
): string {
  const stamp = ctx.clock
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, '');
  const base = ctx.config.baseUrl;
  const since = addDays(todayInIndia(ctx.clock), -365);
  const events = rows.flatMap((row) => {
    const isWaiting = row.status === 'open' || row.status === 'overdue';
    if (!isWaiting || !row.dueOn || row.dueOn < since) return [];
    return eventOf({ ...words.event(row), dueOn: row.dueOn, id: row.mandate.id, base, stamp });
  });
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Daksh//Orders//HI', 'METHOD:PUBLISH'],
    ...[
      `X-WR-CALNAME:${escaped(words.name)}`,
      'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
      'X-PUBLISHED-TTL:PT12H',
    ],
    ...events,
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

type Event = { summary: string; description: string; dueOn: Day; id: string; base: string; stamp: string };

function eventOf({ summary, description, dueOn, id, base, stamp }: Event): string[] {
  const date = (day: Day) => day.replaceAll('-', '');
  return [
    ...['BEGIN:VEVENT', `UID:order-${id}@daksh`, `DTSTAMP:${stamp}`],
    ...[`DTSTART;VALUE=DATE:${date(dueOn)}`, `DTEND;VALUE=DATE:${date(addDays(dueOn, 1))}`],
    ...[`SUMMARY:${escaped(summary)}`, `DESCRIPTION:${escaped(description)}`, `URL:${base}/orders`],
    ...[
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-P7D',
      `DESCRIPTION:${escaped(summary)}`,
    ],
    ...['END:VALARM', 'END:VEVENT'],
  ];
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r\n?|\n/g, '\\n');
}

/** Lines of at most 75 octets, never cut within a letter. */
function folded(line: string): string {
  const rows: string[] = [];
  let row = '';
  for (const letter of line) {
    if (Buffer.byteLength(row + letter) > (rows.length === 0 ? 75 : 74)) {
      rows.push(row);
      row = '';
    }
    row += letter;
  }
  return [...rows, row].join('\r\n ');
}
