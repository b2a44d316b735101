import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { mostConnections } from '../../kernel/db.ts';
import type { Runtime } from '../../kernel/feature.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { type Finding, finding, remark } from './finding.ts';

type State = {
  version: number;
  measures: boolean;
  letters: boolean;
  trgm: boolean;
  skewMs: number;
  unsafe: string[];
  connections: number;
};

/** The server as it is set up. */
export async function databaseFindings(runtime: Runtime): Promise<Finding[]> {
  const found = await sql<State>`select current_setting('server_version_num')::int / 10000 as version,
    'प' ~ '[[:alpha:]]' as letters, exists (select from pg_extension where extname = 'pg_trgm') as trgm,
    exists (select from pg_extension where extname = 'pg_stat_statements') as measures,
    (extract(epoch from clock_timestamp()) * 1000 - ${Date.now()})::float8 as "skewMs",
    (select coalesce(array_agg(name::text order by name), '{}') from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'autovacuum') and setting = 'off') as unsafe,
    current_setting('max_connections')::int as connections`.execute(runtime.db.read);
  const [state] = found.rows;
  if (!state) throw new Error('the database answered nothing');
  return [
    ...versionFindings(state),
    await schemaFinding(runtime),
    clockFinding(state.skewMs),
    safetyFinding(state.unsafe),
    connectionsFinding(runtime, state.connections),
    statementsRemark(state.measures),
    ...(await replicaFinding(runtime)),
  ];
}

function versionFindings({ version, letters, trgm }: State): Finding[] {
  return [
    finding('PostgreSQL', version >= 15, {
      seen: { hi: `संस्करण ${version}।`, en: `version ${version}.` },
      todo: { hi: '15 या नया स्थापित करें।', en: 'Install 15 or newer.' },
    }),
    finding('locale', letters, {
      seen: letters
        ? { hi: 'देवनागरी अक्षर पहचाने जाते हैं।', en: 'Devanagari letters are known.' }
        : {
            hi: 'देवनागरी अक्षर नहीं पहचाने जाते; हिन्दी खोज नहीं चलेगी।',
            en: 'Devanagari is not known; Hindi search finds nothing.',
          },
      todo: {
        hi: 'LC_CTYPE = C.UTF-8 से नया डेटाबेस बनाएँ।',
        en: 'Make the database anew with LC_CTYPE = C.UTF-8.',
      },
    }),
    finding('pg_trgm', trgm, {
      seen: {
        hi: trgm ? 'खोज का एक्सटेंशन है।' : 'खोज का एक्सटेंशन नहीं है।',
        en: `the extension that search needs is ${trgm ? '' : 'not '}there.`,
      },
      todo: { hi: '`create extension pg_trgm` चलाएँ।', en: 'Run `create extension pg_trgm`.' },
    }),
  ];
}

/** The schema is brought up to date before; one that a newer program has changed stays as it is. */
async function schemaFinding({ db }: Runtime): Promise<Finding> {
  const files = await readdir(join(projectRoot(), 'migrations'));
  const found = await sql<{ name: string }>`select name from migration order by name`.execute(db.read);
  const newer = found.rows.map(({ name }) => name).filter((name) => !files.includes(name));
  return finding('schema', newer.length === 0, {
    seen:
      newer.length === 0
        ? { hi: `${found.rows.length} चरण लागू।`, en: `${found.rows.length} steps applied.` }
        : {
            hi: `इस प्रोग्राम को अज्ञात चरण: ${newer.join(', ')}।`,
            en: `steps that this program does not know: ${newer.join(', ')}.`,
          },
    todo: { hi: 'इस मशीन पर भी नया संस्करण लगाएँ।', en: 'Install the newer version on this machine too.' },
  });
}

function clockFinding(skewMs: number): Finding {
  const skew = Math.round(skewMs);
  return finding('clock', Math.abs(skew) < 2000, {
    seen: { hi: `डेटाबेस और सर्वर की घड़ी में ${skew} ms अंतर।`, en: `database and server differ by ${skew} ms.` },
    todo: { hi: 'दोनों पर NTP चलाएँ।', en: 'Run NTP on both.' },
  });
}

function safetyFinding(unsafe: string[]): Finding {
  const names = unsafe.join(', ');
  return finding('durability', unsafe.length === 0, {
    seen:
      unsafe.length === 0
        ? { hi: 'जो सहेजा गया, बिजली जाने पर भी रहेगा।', en: 'what was saved survives a power cut.' }
        : { hi: `PostgreSQL में बंद: ${names}।`, en: `switched off in PostgreSQL: ${names}.` },
    todo: { hi: 'postgresql.conf में चालू करें।', en: 'Switch it on in postgresql.conf.' },
  });
}

/** Four and one for each of its two kinds of jobs. */
const ofTheWorker = 10;

function connectionsFinding({ config }: Runtime, most: number): Finding {
  const wanted = (config.webProcesses + 1) * mostConnections(config) + ofTheWorker;
  return finding('connections', wanted <= most - 5, {
    seen: {
      hi: `यह मशीन ${wanted} तक लेगी; PostgreSQL ${most} देता है।`,
      en: `this machine takes up to ${wanted}; PostgreSQL gives ${most}.`,
    },
    todo: {
      hi: 'postgresql.conf में max_connections बढ़ाएँ या WEB_PROCESSES घटाएँ।',
      en: 'Raise max_connections in postgresql.conf, or lower WEB_PROCESSES.',
    },
  });
}

function statementsRemark(measures: boolean): Finding {
  return remark('statements', {
    hi: measures
      ? 'pg_stat_statements कथनों का समय गिनता है; /office/system पर दिखता है।'
      : 'pg_stat_statements नहीं है: /office/system पर केवल दक्ष के 200 ms से लंबे कथन दिखते हैं।',
    en: measures
      ? 'pg_stat_statements measures them; /office/system shows it.'
      : 'no pg_stat_statements: /office/system shows only those of Daksh that took more than 200 ms.',
  });
}

type Replica = { isStandby: boolean; lag: number };

async function replicaFinding({ config }: Runtime): Promise<Finding[]> {
  if (!config.replicaUrl) return [];
  const state = await askReplica(config.replicaUrl).catch(() => undefined);
  const seen = state
    ? { hi: `${state.lag.toFixed(1)} सेकंड पीछे।`, en: `${state.lag.toFixed(1)} s behind.` }
    : { hi: 'प्रतिकृति उत्तर नहीं देती।', en: 'the replica does not answer.' };
  const isGood = state?.isStandby === true && state.lag < 30;
  return [
    finding('replica', isGood, {
      seen,
      todo: {
        hi: 'DATABASE_REPLICA_URL, प्रतिकृति की डिस्क और नेटवर्क देखें; यह मुख्य डेटाबेस की standby होनी चाहिए।',
        en: 'See DATABASE_REPLICA_URL, the replica’s disk and network; it must be a standby of the database.',
      },
    }),
  ];
}

/** A standby that has replayed all it received is not behind, however long ago the last change was. */
async function askReplica(url: string): Promise<Replica | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 5000 });
  try {
    await client.connect();
    const { rows } = await client.query<Replica>(`select pg_is_in_recovery() as "isStandby",
      case when not pg_is_in_recovery() or pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
        else coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 0) end::float8 as lag`);
    return rows[0];
  } finally {
    await client.end().catch(() => undefined);
  }
}
