import { sql } from 'kysely';
import { tagKeys } from '../../catalogue/index.ts';
import type { Reads } from '../../kernel/db.ts';
import { type Bilingual, inBothLanguages, type Language, type MessageKey, pick } from '../../kernel/i18n.ts';
import { contentLanguages } from '../../kernel/languages.ts';
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

/** Rows of `value, word` of the words of keys, in both languages, for `said`. */
export function saidWordsSql(words: Words): Sql {
  const pairs = Object.entries(words).flatMap(([value, text]) =>
    [text.hi, text.en].map((word) => sql`(${sql.lit(value)}, ${sql.lit(word)})`),
  );
  return sql`select value, word from (values ${sql.join(pairs)}) fixed (value, word)`;
}

export type Understood = {
  word: string;
  values: string[] /** Where there are none: what is like it. */;
  near: string[];
};

const mostNear = 3;

/** What each word says, whatever its case; what is nearest to a word that says nothing here. */
export async function understand(reads: Reads, said: Sql, words: readonly string[]): Promise<Understood[]> {
  const found =
    await sql<Understood>`with said as materialized (select distinct value, word from (${said}) said where word <> '')
    select asked.word, coalesce(array_agg(distinct said.value) filter (where said.value is not null), '{}') as values,
      case when count(said.value) > 0 then '{}' else array(
        select word from said near where position(lower(asked.word) in lower(word)) > 0 or word_similarity(asked.word, word) > 0.35
        group by word order by word_similarity(asked.word, word) desc, word limit ${sql.lit(mostNear)}) end as near
    from unnest(${[...words]}::text[]) with ordinality as asked (word, place)
      left join said on lower(normalize(said.word)) = lower(normalize(btrim(asked.word)))
    group by asked.word, asked.place order by asked.place`.execute(reads);
  return found.rows;
}
