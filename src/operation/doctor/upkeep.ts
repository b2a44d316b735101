import { sql } from 'kysely';
import type { Runtime } from '../../kernel/feature.ts';
import { type Finding, finding, gigabytes } from './finding.ts';

type Upkeep = {
  dead: string[];
  invalid: string[];
  idAge: number;
  longest: number;
  pid: number | null;
  slots: string[];
  keptBytes: number;
};

/** What grows unseen in a PostgreSQL that runs for years. */
export async function upkeepFindings({ db }: Runtime): Promise<Finding[]> {
  const found = await sql<Upkeep>`select
    (select coalesce(array_agg(relname::text order by n_dead_tup desc), '{}') from pg_stat_user_tables
      where n_dead_tup > 100000 and n_dead_tup > 0.4 * n_live_tup) as dead,
    (select coalesce(array_agg(indexrelid::regclass::text order by indexrelid::regclass::text), '{}') from pg_index
      where not indisvalid or not indisready) as invalid,
    (select age(datfrozenxid) from pg_database where datname = current_database()) as "idAge",
    coalesce(extract(epoch from clock_timestamp() - oldest.xact_start), 0)::float8 as longest, oldest.pid,
    (select coalesce(array_agg(slot_name::text), '{}') from pg_replication_slots where not active) as slots,
    (select coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)), 0)::float8
      from pg_replication_slots where not active) as "keptBytes"
    from (select 1) one left join lateral (select xact_start, pid from pg_stat_activity
      where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()
      order by xact_start limit 1) oldest on true`.execute(db.read);
  const [state] = found.rows;
  if (!state) throw new Error('the database answered nothing');
  return [
    deadFinding(state.dead),
    indexFinding(state.invalid),
    finding('transaction ids', state.idAge < 1_000_000_000, {
      seen: {
        hi: `सबसे पुराना ${state.idAge} लेन-देन पहले का।`,
        en: `the oldest is ${state.idAge} transactions old.`,
      },
      todo: { hi: '`vacuum freeze` रात में चलाएँ।', en: 'Run `vacuum freeze` at night.' },
    }),
    transactionFinding(state),
    slotFinding(state),
  ];
}

function deadFinding(tables: string[]): Finding {
  return finding('dead rows', tables.length === 0, {
    seen:
      tables.length === 0
        ? { hi: 'autovacuum साथ चल रहा है।', en: 'autovacuum keeps up.' }
        : { hi: `बहुत-सी मृत पंक्तियाँ: ${tables.join(', ')}।`, en: `many dead rows in ${tables.join(', ')}.` },
    todo: {
      hi: 'autovacuum चालू है या नहीं और कोई लंबा लेन-देन तो नहीं, देखें; फिर `vacuum (analyze) तालिका`।',
      en: 'See whether autovacuum is on and no transaction runs for long; then `vacuum (analyze) TABLE`.',
    },
  });
}

function indexFinding(indexes: string[]): Finding {
  return finding('indexes', indexes.length === 0, {
    seen:
      indexes.length === 0
        ? { hi: 'सब काम के हैं।', en: 'all are of use.' }
        : { hi: `अधूरे: ${indexes.join(', ')}।`, en: `unfinished: ${indexes.join(', ')}.` },
    todo: { hi: '`reindex index concurrently नाम` चलाएँ।', en: 'Run `reindex index concurrently NAME`.' },
  });
}

function transactionFinding({ longest, pid }: Upkeep): Finding {
  const minutes = Math.round(longest / 60);
  return finding('transactions', longest < 3600, {
    seen: { hi: `सबसे लंबा ${minutes} मिनट से।`, en: `the longest has run for ${minutes} minutes.` },
    todo: {
      hi: `बैकअप या आयात न हो तो समाप्त करें: select pg_terminate_backend(${pid});`,
      en: `Unless it is a backup or an import, end it: select pg_terminate_backend(${pid});`,
    },
  });
}

function slotFinding({ slots, keptBytes }: Upkeep): Finding {
  const kept = gigabytes(keptBytes);
  return finding('replication slots', keptBytes < 5e9, {
    seen:
      slots.length === 0
        ? { hi: 'कोई खाली स्लॉट लॉग नहीं रोकता।', en: 'none is left that keeps log.' }
        : {
            hi: `${slots.join(', ')} कोई नहीं पढ़ता; ${kept} GB लॉग रुका है।`,
            en: `nobody reads ${slots.join(', ')}; ${kept} GB of log are kept for it.`,
          },
    todo: {
      hi: 'प्रतिकृति चालू करें या `select pg_drop_replication_slot(नाम)` चलाएँ।',
      en: 'Start the standby, or run `select pg_drop_replication_slot(NAME)`.',
    },
  });
}
