import { sql } from 'kysely';
import pg from 'pg';
import { databaseUrl } from '../../kernel/database-url.ts';
import type { Db } from '../../kernel/db.ts';
import { Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { rootCode } from '../generate/offices.ts';
import { type SizeName, sizes } from '../generate/sizes.ts';

const prefix = 'daksh_bench_';

/** A database of the measurements' own beside the installation's, on the same server; dropped at the end. */
export async function createOwnDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = prefix + newId().replaceAll('-', '');
  await withClient(serverUrl, async (client) => {
    await dropAbandoned(client);
    await client.query(
      `create database ${name} template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`,
    );
  });
  const drop = () =>
    withClient(serverUrl, async (client) => {
      await client.query(`drop database if exists ${name} with (force)`);
    });
  return { url: databaseUrl(serverUrl, name), drop };
}

/** What an earlier run left when it was killed: nobody is connected to it any more. */
async function dropAbandoned(client: pg.Client): Promise<void> {
  const found = await client.query<{ name: string }>(
    `select datname as name from pg_database where datname like $1
      and not exists (select from pg_stat_activity a where a.datname = pg_database.datname)`,
    [`${prefix.replaceAll('_', '\\_')}%`],
  );
  for (const { name } of found.rows) await client.query(`drop database if exists ${name}`);
}

/** A benchmark writes into the database that it measures: none in which real people may be. */
export async function requireGenerated({ read }: Db): Promise<void> {
  const roots = await sql<{ code: string }>`select code from office where parent_id is null limit 2`.execute(
    read,
  );
  if (roots.rows.length === 1 && roots.rows[0]?.code === rootCode) return;
  const text = {
    hi: `--here केवल उस स्थापना पर चलता है जिसमें daksh generate के काल्पनिक आँकड़ों (${rootCode}) के सिवा कोई कार्यालय न हो: मापन उसमें लिखता है।`,
    en: `--here is for an installation with no offices but those of daksh generate (${rootCode}): what is measured is written into it.`,
  };
  throw new Refusal('conflict', text, { reason: 'not_generated' });
}

/** Results stand under the size that they are of: one that the data are not of would tell another's. */
export async function requireSize({ read }: Db, size: SizeName): Promise<void> {
  const wanted = sizes[size].people;
  const found = await sql<{ people: number }>`select count(*) as people from person`.execute(read);
  const people = Number(found.rows[0]?.people ?? 0);
  if (Math.abs(people - wanted) <= wanted / 10) return;
  const [has, asks] = [people, wanted].map((count) => formatNumber(count, 'en'));
  const text = {
    hi: `यहाँ ${has} कार्मिक हैं, --size ${size} ${asks} का है: आकार वह दें जिसके ये आँकड़े हैं।`,
    en: `There are ${has} people here, and --size ${size} is of ${asks}: give the size that these data are of.`,
  };
  throw new Refusal('conflict', text, { reason: 'not_of_size' });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
