import { sql } from 'kysely';
import type { Runtime } from '../../kernel/feature.ts';
import { unsealedRows } from '../metrics/database-figures.ts';
import { type Finding, finding, remark } from './finding.ts';

type Work = {
  failed: { task: string; count: number }[];
  oldest: number;
  deltas: number;
  isRecountWanted: boolean;
  unsealed: number;
  keys: number;
  /** Hindi and English, a line each. */
  recount: string | null;
  failedReports: number;
};

/** What is done in the background, and whether it is. */
export async function workFindings({ db }: Runtime): Promise<Finding[]> {
  const found = await sql<Work>`select
    (select coalesce(json_agg(json_build_object('task', task_identifier, 'count', count) order by count desc), '[]')
      from (select task_identifier, count(*) from graphile_worker.jobs
        where attempts >= max_attempts and locked_at is null group by 1) failed) as failed,
    coalesce((select extract(epoch from now() - min(run_at)) from graphile_worker.jobs
      where run_at <= now() and attempts < max_attempts and locked_at is null), 0)::float8 as oldest,
    (select count(*) from counter_delta)::int as deltas,
    exists (select from installation_fact where name = 'counters_wanted') as "isRecountWanted",
    ${unsealedRows} as unsealed,
    (select count(*) from signing_key where retired_at is null)::int as keys,
    (select failure from mandate_build where finished_at is null and failure is not null
      order by asked_at limit 1) as recount,
    (select count(*) from report_run where state = 'failed' and created_at > now() - interval '7 days')::int
      as "failedReports"`.execute(db.read);
  const [work] = found.rows;
  if (!work) throw new Error('the database answered nothing');
  return [
    ...jobFindings(work),
    ...counterFindings(work),
    ordersFinding(work.recount),
    ...(work.failedReports > 0 ? [reportsRemark(work.failedReports)] : []),
    finding('audit', work.unsealed < 100_000, {
      seen: {
        hi: `${work.unsealed} पंक्तियाँ मुहर की प्रतीक्षा में।`,
        en: `${work.unsealed} rows wait to be sealed.`,
      },
      todo: {
        hi: 'कोई लंबा लेन-देन इन्हें रोकता है (transactions देखें), या worker नहीं चल रहा।',
        en: 'A long transaction holds them back (see transactions), or no worker runs.',
      },
    }),
    finding('signing key', work.keys > 0, {
      seen:
        work.keys > 0
          ? { hi: 'प्रमाणपत्रों की हस्ताक्षर-कुंजी है।', en: 'certificates can be signed.' }
          : { hi: 'प्रमाणपत्रों की हस्ताक्षर-कुंजी नहीं है।', en: 'there is no key to sign certificates with.' },
      todo: { hi: '`daksh serve` चालू करें; वह बना लेता है।', en: 'Start `daksh serve`, which makes one.' },
    }),
  ];
}

function jobFindings({ failed, oldest }: Work): Finding[] {
  const names = failed.map(({ task, count }) => `${task} (${count})`).join(', ');
  const seconds = Math.round(oldest);
  return [
    finding('jobs', failed.length === 0, {
      seen:
        failed.length === 0
          ? { hi: 'कोई कार्य असफल नहीं।', en: 'none gave up.' }
          : { hi: `असफल: ${names}।`, en: `gave up: ${names}.` },
      todo: {
        hi: 'लॉग में इसी नाम से कारण देखें; पृष्ठ /office/system इन्हें फिर चलाता है।',
        en: 'The log says why, under that name; the page /office/system runs them again.',
      },
    }),
    finding('worker', oldest < 300, {
      seen: {
        hi: `सबसे पुराना कार्य ${seconds} सेकंड से प्रतीक्षा में।`,
        en: `the oldest due job waits ${seconds} s.`,
      },
      todo: { hi: '`daksh serve` चल रहा है या नहीं देखें।', en: 'See whether `daksh serve` runs.' },
    }),
  ];
}

function counterFindings({ deltas, isRecountWanted }: Work): Finding[] {
  return [
    finding('counters', deltas < 500_000, {
      seen: { hi: `${deltas} डेल्टा शेष।`, en: `${deltas} deltas wait.` },
      todo: {
        hi: 'बड़े आयात के बाद स्वयं घटते हैं; न घटें तो लॉग में insight.fold देखें।',
        en: 'After a large import they pass by themselves; if not, see insight.fold in the log.',
      },
    }),
    finding('recount', !isRecountWanted, {
      seen: isRecountWanted
        ? { hi: 'पूरी पुनर्गणना शेष है।', en: 'everything is still to be counted again.' }
        : { hi: 'कोई पुनर्गणना शेष नहीं।', en: 'nothing is to be counted again.' },
      todo: {
        hi: '`daksh serve` चालू करें, फिर `daksh reconcile`।',
        en: 'Start `daksh serve`, then run `daksh reconcile`.',
      },
    }),
  ];
}

/** The failure's own sentence says what happened; the log what exactly broke, under the job's name. */
function ordersFinding(failure: string | null): Finding {
  const [hi = '', en = ''] = failure?.split('\n') ?? [];
  return finding('orders', failure === null, {
    seen: failure
      ? { hi, en: en || hi }
      : { hi: 'आदेशों की कोई गणना रुकी नहीं है।', en: 'no count of orders is held up.' },
    todo: {
      hi: 'लॉग में mandates.build देखें; आदेश का पृष्ठ फिर प्रयास का बटन देता है।',
      en: 'See mandates.build in the log; the order’s page offers to try again.',
    },
  });
}

function reportsRemark(count: number): Finding {
  return remark('reports', {
    hi: `सात दिन में ${count} प्रतिवेदन नहीं बने; माँगने वाले को कारण दिखता है।`,
    en: `${count} reports of the last seven days could not be made; whoever asked sees why.`,
  });
}
