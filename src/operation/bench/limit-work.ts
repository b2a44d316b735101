import pg from 'pg';
import { type Db, openDb } from '../../kernel/db.ts';
import { newId } from '../../kernel/ids.ts';
import { type Summary, summarise } from './statistics.ts';

/** What a limit does over and over: selects by key, rows in one statement, or a transaction of inserts. */
export type LimitKind = 'selects' | 'rows' | 'transactions';
export type LimitOrder = {
  kind: LimitKind;
  /** Statements of a request, rows of a statement, inserts of a transaction. */
  each: number;
  clients: number;
  seconds: number;
};
export type LimitDone = Summary & { perSecond: number };

/** Asks the database for nothing but that, from this one process, and says how often a second it was done. */
export async function doLimitWork(databaseUrl: string, order: LimitOrder): Promise<LimitDone> {
  const db = openDb(databaseUrl, { readClients: 2, poolSize: 10 });
  const opened: pg.Client[] = [];
  const work = await workOf(db, order, opened);
  const times: number[] = [];
  const began = performance.now();
  const until = began + order.seconds * 1000;
  const client = async (index: number) => {
    while (performance.now() < until) {
      const from = performance.now();
      await work(index);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: order.clients }, (_, index) => client(index)));
  const perSecond = (times.length * 1000) / (performance.now() - began);
  for (const one of opened) await one.end();
  await db.close();
  return { ...summarise(times), perSecond };
}

export const limitTable = `create table if not exists bench_row (person_id uuid not null, bench_row_id uuid not null,
  other_id uuid, seconds integer, happened_at timestamptz not null default now(), primary key (person_id, bench_row_id))`;

type Work = (client: number) => Promise<unknown>;

async function workOf(db: Db, order: LimitOrder, opened: pg.Client[]): Promise<Work> {
  if (order.kind === 'selects') return selects(db, order.each);
  if (order.kind === 'rows') return rows(db, order.each);
  for (let index = 0; index < order.clients; index += 1) {
    const client = new pg.Client({ connectionString: db.url, pipeline: true } as pg.ClientConfig);
    await client.connect();
    opened.push(client);
  }
  return transactions(opened, order.each);
}

/** The statements of a page: all at once, over the two clients that the pages share. */
async function selects(db: Db, each: number): Promise<Work> {
  const people = await db.pool.query<{ id: string }>('select person_id as id from person limit 1000');
  const ids = people.rows.map((row) => row.id);
  const text =
    'select person_id, name_hi, name_en, language, notice_accepted_at from person where person_id = $1';
  let turn = 0;
  const one = () => {
    turn += 1;
    return db.hot('limit-select', text, [ids[turn % ids.length]]);
  };
  return () => Promise.all(Array.from({ length: each }, one));
}

async function rows(db: Db, each: number): Promise<Work> {
  const text = `insert into bench_row (person_id, bench_row_id, other_id, seconds)
    select person_id, bench_row_id, person_id, 30 from unnest($1::uuid[], $2::uuid[]) as r (person_id, bench_row_id)`;
  const person = newId();
  return () => {
    const ids = Array.from({ length: each }, newId);
    return db.pool.query({ name: 'limit-rows', text, values: [ids.map(() => person), ids] });
  };
}

function transactions(clients: pg.Client[], each: number): Work {
  const text = 'insert into bench_row (person_id, bench_row_id, other_id, seconds) values ($1, $2, $1, 30)';
  const person = newId();
  return (index) => {
    const client = clients[index];
    if (!client) throw new Error('more callers than clients');
    const inserts = Array.from({ length: each }, () =>
      client.query({ name: 'limit-insert', text, values: [person, newId()] }),
    );
    return Promise.all([client.query('begin'), ...inserts, client.query('commit')]);
  };
}
