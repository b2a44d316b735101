import { sql } from 'kysely';
import type { Runtime } from '../../kernel/feature.ts';
import { type Finding, finding } from './finding.ts';

type Digests = { isWhole: boolean; persons: number; taken: number; touched: number };

/** With more waiting than these, figures of reports are read from the facts: right, but slower. */
const mostWaiting = 5000;

/** How far what reports are summed from is made; the numbers of rows are those of the statistics. */
export async function digestFinding({ db }: Runtime): Promise<Finding> {
  const found = await sql<Digests>`select coalesce((select is_whole from digest_state), false) as "isWhole",
    coalesce((select n_live_tup from pg_stat_user_tables where relname = 'person'), 0)::float8 as persons,
    coalesce((select n_live_tup from pg_stat_user_tables where relname = 'person_digest'), 0)::float8 as taken,
    (select count(*) from (select from digest_touched limit ${mostWaiting + 1}) first)::int as touched`.execute(
    db.read,
  );
  const [state] = found.rows;
  if (!state) throw new Error('the database answered nothing');
  const { isWhole, persons, taken, touched } = state;
  const percent = Math.min(99, Math.floor((100 * taken) / Math.max(1, persons)));
  const isMany = touched > mostWaiting;
  const waiting = isMany ? `${mostWaiting}+` : `${touched}`;
  return finding('digests', isWhole ? !isMany : true, {
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
