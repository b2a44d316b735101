import { sql } from 'kysely';
import { tagKeys } from '../../catalogue/index.ts';
import type { Reads } from '../../kernel/db.ts';
import { type Bilingual, inBothLanguages, type Language, type MessageKey, pick } from '../../kernel/i18n.ts';
import { contentLanguages } from '../../kernel/languages.ts';
import { nearest } from '../../kernel/text/index.ts';
import { spaced } from './asked.ts';
import type { Sql } from './subject.ts';

export type Words = Readonly<Record<string, Bilingual>>;

export const tagWords = wordsOf(tagKeys);

export const languageWords = wordsOf(
  Object.fromEntries(
    contentLanguages.map((code) => [code, `shell.language_${code}` satisfies MessageKey] as const),
  ),
);

function wordsOf(keys: Readonly<Record<string, MessageKey>>): Words {
  return Object.fromEntries(Object.entries(keys).map(([value, key]) => [value, inBothLanguages(key)]));
}

/** A key in words; one that has none is itself. */
export function wordsSql(key: Sql, words: Words, language: Language): Sql {
  const cases = Object.entries(words).map(
    ([value, text]) => sql`when ${sql.lit(value)} then ${sql.lit(pick(text, language))}`,
  );
  return sql`case (${key})::text ${spaced(cases)} else (${key})::text end`;
}

/** Several keys of one row in words, between semicolons and in their order. */
export function listedWordsSql(keys: Sql, words: Words, language: Language): Sql {
  return sql`(select string_agg(${wordsSql(sql`listed.key`, words, language)}, '; ' order by listed.place)
    from unnest(${keys}) with ordinality as listed (key, place))`;
}

/** Rows of `value, hi, en` of the words of keys, for `said`. */
export function saidWordsSql(words: Words): Sql {
  const rows = Object.entries(words).map(
    ([value, { hi, en }]) => sql`(${sql.lit(value)}, ${sql.lit(hi)}, ${sql.lit(en)})`,
  );
  return sql`select value, hi, en from (values ${sql.join(rows)}) fixed (value, hi, en)`;
}

/** A value that a filter takes, and what it is called. */
export type Thing = { value: string; name: Bilingual };
type Row = { value: string; hi: string | null; en: string | null };

export type Understood = {
  word: string;
  things: Thing[];
  /** Where there are none: what is like it. */
  near: Record<Language, Near[]>;
};

/** What may have been meant: as it is called in a language, and what is to be written for it. */
export type Near = { name: string; write: string };

/** Where values are looked for that a mistyped word may mean: all of them, and those of the report's own offices. */
export type Among = { said: Sql; saidHere?: Sql | undefined };

export const nothingNear: Understood['near'] = { hi: [], en: [] };

const mostNear = 3;
/** Where more words than these say nothing, the last ones are told without what is like them. */
const mostGuessed = 5;
const mostLookedAt = 20_000;

/** What each word says, whatever its case, by its value or by any of its names. */
export async function thingsSaid(
  reads: Reads,
  said: Sql,
  words: readonly string[],
): Promise<Pick<Understood, 'word' | 'things'>[]> {
  const found = await sql<{ word: string; rows: Row[] }>`
    with thing as materialized (select distinct value, hi, en from (${said}) said),
    called as (select thing.*, word from thing cross join lateral (values (value), (hi), (en)) one (word) where word <> '')
    select asked.word, coalesce(jsonb_agg(jsonb_build_object('value', value, 'hi', hi, 'en', en)
        order by value, hi, en) filter (where value is not null), '[]') as rows
    from unnest(${[...words]}::text[]) with ordinality as asked (word, place)
      left join called on lower(normalize(called.word)) = lower(normalize(btrim(asked.word)))
    group by asked.word, asked.place order by asked.place`.execute(reads);
  return found.rows.map(({ word, rows }) => ({ word, things: thingsOf(rows) }));
}

/**
 * The same, with what is nearest to a word that says nothing here: among what the report's own offices have, and only
 * where none of that is like it among the rest, as far as it has a name in the reader's language.
 */
export async function understand(
  reads: Reads,
  among: Among,
  words: readonly string[],
): Promise<Understood[]> {
  const known = (await thingsSaid(reads, among.said, words)).map(
    (one): Understood => ({ ...one, near: nothingNear }),
  );
  const unknown = known.filter(({ things }) => things.length === 0).slice(0, mostGuessed);
  if (unknown.length === 0) return known;
  const [all, here] = await Promise.all([
    rowsSaid(reads, among.said),
    among.saidHere ? rowsSaid(reads, among.saidHere) : undefined,
  ]);
  const near = nearIn({ all, here });
  for (const one of unknown) one.near = { hi: near(one.word, 'hi'), en: near(one.word, 'en') };
  return known;
}

async function rowsSaid(reads: Reads, said: Sql): Promise<Row[]> {
  const found = await sql<Row>`select distinct value, hi, en from (${said}) said
    order by value, hi, en limit ${sql.lit(mostLookedAt)}`.execute(reads);
  return found.rows;
}

type Candidates = { all: readonly Row[]; here: readonly Row[] | undefined };

/** A name that several things have is written by its value. */
function nearIn({ all, here }: Candidates): (word: string, language: Language) => Near[] {
  const things = thingsOf(all);
  const [own, rest] = here ? [thingsOf(here), undefined] : [things, []];
  const elsewhere = (language: Language) => rest ?? thingsOf(all.filter((row) => row[language]));
  const called = new Map<string, number>();
  for (const { name } of things)
    for (const text of new Set([name.hi, name.en])) called.set(text, (called.get(text) ?? 0) + 1);
  return (word, language) => {
    const found = nearThings(word, own);
    return (found.length > 0 ? found : nearThings(word, elsewhere(language))).map(({ value, name }) => ({
      name: name[language],
      write: called.get(name[language]) === 1 ? name[language] : value,
    }));
  };
}

function nearThings(word: string, things: readonly Thing[]): Thing[] {
  const textsOf = ({ value, name }: Thing) => [value, name.hi, name.en];
  return nearest(word, things, { most: mostNear, textsOf });
}

/** One of each value; a name goes before none, and the other language's before the value. */
function thingsOf(rows: readonly Row[]): Thing[] {
  const named = new Map<string, Thing>();
  for (const { value, hi, en } of rows)
    if (!named.has(value) || hi || en)
      named.set(value, { value, name: { hi: hi || en || value, en: en || hi || value } });
  return [...named.values()];
}
