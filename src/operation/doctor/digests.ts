import { sql } from 'kysely';
import type { Runtime } from '../../kernel/feature.ts';
import { mostTouched } from '../../reports/index.ts';
import { type Finding, finding } from './finding.ts';

type Digests = { isWhole: boolean; persons: number; taken: number; touched: number };

/**
 * How far what reports are summed from is made, by the statistics' numbers of rows; and whether so many changes wait that
 * reports read the facts: right, but slower.
 */
export async function digestFinding({ db }: Runtime): Promise<Finding> {
  const found = await sql<Digests>`select coalesce((select is_whole from digest_state), false) as "isWhole",
    coalesce((select n_live_tup from pg_stat_user_tables where relname = 'person'), 0)::float8 as persons,
    coalesce((select n_live_tup from pg_stat_user_tables where relname = 'person_digest'), 0)::float8 as taken,
    (select count(*) from (select from digest_touched limit ${mostTouched + 1}) first)::int as touched`.execute(
    db.read,
  );
  const [state] = found.rows;
  if (!state) throw new Error('the database answered nothing');
  const { isWhole, persons, taken, touched } = state;
  const percent = Math.min(99, Math.floor((100 * taken) / Math.max(1, persons)));
  const isMany = touched > mostTouched;
  const waiting = isMany ? `${mostTouched}+` : `${touched}`;
  return finding('digests', !isWhole || !isMany, {
    seen: isWhole
      ? {
          hi: `रिपोर्टों के सार पूरे हैं; ${waiting} बदलाव प्रतीक्षा में।`,
          en: `what reports are summed from is whole; ${waiting} changes wait.`,
        }
      : {
          hi: `रिपोर्टों के सार बन रहे हैं: लगभग ${percent}%; तब तक रिपोर्टें सही पर धीमी हैं।`,
          en: `what reports are summed from is being made: about ${percent}%; until then reports are right, but slower.`,
        },
    todo: {
      hi: 'बड़े आयात के बाद स्वयं घटते हैं; न घटें तो लॉग में reports.digests देखें।',
      en: 'After a large import they pass by themselves; if not, see reports.digests in the log.',
    },
  });
}
