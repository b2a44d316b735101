import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { CommandLine, Runtime } from '../kernel/feature.ts';

type Finding = { check: string; isGood: boolean; hi: string; en: string };

/** Looks at what an installation stumbles over; prints what to do; exit 1 where something is wrong. */
export async function runDoctor(line: CommandLine, runtime: Runtime): Promise<number> {
  const findings = [
    ...(await databaseFindings(runtime)),
    await diskFinding(runtime),
    await folderFinding(runtime),
    ffmpegFinding(),
    ...settingFindings(runtime),
  ];
  if (line.flags['json']) line.print(JSON.stringify(findings));
  else
    for (const finding of findings)
      line.print(`${finding.isGood ? '✓' : '✗'} ${finding.check}: ${finding.hi} / ${finding.en}`);
  return findings.every((finding) => finding.isGood) ? 0 : 1;
}

type DatabaseState = {
  version: number;
  letters: boolean;
  trgm: boolean;
  skewMs: number;
  failed: number;
  oldest: number;
  deltas: number;
  unsealed: number;
  /** Hindi and English, a line each. */
  recount: string | null;
};

async function databaseFindings(runtime: Runtime): Promise<Finding[]> {
  const found = await sql<DatabaseState>`select current_setting('server_version_num')::int / 10000 as version,
    'प' ~ '[[:alpha:]]' as letters, exists (select from pg_extension where extname = 'pg_trgm') as trgm,
    (extract(epoch from clock_timestamp()) * 1000 - ${Date.now()})::float8 as "skewMs",
    (select count(*) from graphile_worker.jobs where attempts >= max_attempts)::int as failed,
    coalesce((select extract(epoch from now() - min(run_at)) from graphile_worker.jobs where run_at <= now() and attempts < max_attempts), 0)::float8 as oldest,
    (select count(*) from counter_delta)::int as deltas,
    (select count(*) from audit_event e where not exists (select from audit_seal s where s.audit_event_id = e.audit_event_id))::int as unsealed,
    (select failure from mandate_build where mandate_id is null and finished_at is null and failure is not null
      order by asked_at limit 1) as recount`.execute(runtime.db.read);
  const state = found.rows[0];
  if (!state) throw new Error('the database answered nothing');
  return [
    finding('PostgreSQL', state.version >= 15, [
      `संस्करण ${state.version}; 15 या नया चाहिए`,
      `version ${state.version}; 15 or newer is needed`,
    ]),
    finding('locale', state.letters, [
      'LC_CTYPE = C.UTF-8 चाहिए, नहीं तो हिन्दी खोज नहीं चलती',
      'LC_CTYPE = C.UTF-8 is needed, or Hindi search finds nothing',
    ]),
    finding('pg_trgm', state.trgm, ['खोज के लिए एक्सटेंशन', 'the extension that search needs']),
    finding('clock', Math.abs(state.skewMs) < 2000, [
      `डेटाबेस और सर्वर की घड़ी में ${Math.round(state.skewMs)} ms अंतर; NTP चलाएँ`,
      `database and server differ by ${Math.round(state.skewMs)} ms; run NTP`,
    ]),
    finding('jobs', state.failed === 0 && state.oldest < 300, [
      `${state.failed} कार्य असफल; सबसे पुराना ${Math.round(state.oldest)} सेकंड से प्रतीक्षा में`,
      `${state.failed} failed; the oldest due job waits ${Math.round(state.oldest)} s`,
    ]),
    finding('counters', state.deltas < 100_000, [
      `${state.deltas} डेल्टा शेष; बढ़ते रहें तो worker चल रहा है या नहीं देखें`,
      `${state.deltas} deltas wait; if they grow, see whether the worker runs`,
    ]),
    ordersFinding(state.recount),
    finding('audit', state.unsealed < 100_000, [
      `${state.unsealed} पंक्तियाँ मुहर की प्रतीक्षा में`,
      `${state.unsealed} rows wait to be sealed`,
    ]),
  ];
}

/** The log says what exactly broke, under the job's name. */
function ordersFinding(failure: string | null): Finding {
  const [hi = '', en = ''] = failure?.split('\n') ?? [];
  return finding('orders', failure === null, [
    failure ? `${hi} लॉग में mandates.build देखें` : 'आदेशों की दोबारा गणना रुकी हुई नहीं है',
    failure ? `${en} See mandates.build in the log` : 'no recount of orders is held up',
  ]);
}

async function diskFinding(runtime: Runtime): Promise<Finding> {
  const disk = await statfs(firstThatExists(runtime.config.dataDir));
  const freeGb = (disk.bavail * disk.bsize) / 1e9;
  return finding('disk', freeGb > 2, [
    `${freeGb.toFixed(1)} GB खाली; 2 GB से कम पर स्थान बढ़ाएँ`,
    `${freeGb.toFixed(1)} GB free; make room below 2 GB`,
  ]);
}

/**
 * Pieces of an upload may come to any machine: all must have one data folder in common. Each leaves a mark of the
 * installation there; a machine that finds none although files are kept looks into a folder of its own.
 */
async function folderFinding(runtime: Runtime): Promise<Finding> {
  const { dataDir } = runtime.config;
  const found = await sql<{
    key: string;
  }>`select storage_key as key from file order by file_id desc limit 1`.execute(runtime.db.read);
  const [newest] = found.rows;
  const isShared =
    newest === undefined ||
    (await runtime.storage.size(newest.key).then(
      () => true,
      () => false,
    ));
  const isWritable = await writes(join(dataDir, 'uploads'));
  return finding('files', isShared && isWritable, [
    isShared
      ? `${dataDir}/uploads में लिखा ${isWritable ? 'जा सकता है' : 'नहीं जा सकता; अनुमति देखें'}`
      : `सबसे नई फ़ाइल ${dataDir} में नहीं है; सब मशीनों का DAKSH_DATA_DIR एक ही साझा फ़ोल्डर हो`,
    isShared
      ? `${dataDir}/uploads can ${isWritable ? '' : 'not '}be written to`
      : `the newest file is not in ${dataDir}; all machines need the same shared folder as DAKSH_DATA_DIR`,
  ]);
}

/** Writes at a place in a file and reads it back, as uploads do. */
async function writes(folder: string): Promise<boolean> {
  const path = join(folder, `doctor-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(path, 'daksh');
    return (await readFile(path, 'utf8')) === 'daksh';
  } catch {
    return false;
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

/** Never wrong: Daksh works without, with the recordings as they are. */
function ffmpegFinding(): Finding {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const isThere = folders.some((folder) => existsSync(join(folder, 'ffmpeg')));
  return finding('ffmpeg', true, [
    isThere ? 'रिकॉर्डिंग के हल्के रूप बनते हैं' : 'नहीं है: रिकॉर्डिंग मूल रूप में ही चलेंगी',
    isThere ? 'lighter copies of recordings are made' : 'not here: recordings play as they are',
  ]);
}

/** The data folder is made by the first file; before that it is the disk below it that counts. */
function firstThatExists(folder: string): string {
  return existsSync(folder) ? folder : firstThatExists(dirname(folder));
}

function settingFindings(runtime: Runtime): Finding[] {
  const { config } = runtime;
  const isPublic = config.baseUrl.startsWith('https:');
  return [
    finding('DAKSH_SECRET', config.secret !== undefined, [
      '`daksh serve` के लिए 32 या अधिक यादृच्छिक अक्षर दें',
      '`daksh serve` needs 32 or more random characters',
    ]),
    finding('BASE_URL', isPublic, [
      `${config.baseUrl}: प्रमाणपत्रों के QR में यही पता छपता है; https पता दें`,
      `${config.baseUrl}: certificates print it in their QR; give the https address`,
    ]),
    finding('SMTP_URL / SMS_URL', Boolean(config.smtp ?? config.sms), [
      'एक बार के कोड भेजने के लिए कम से कम एक दें',
      'one of them is needed to send one-time codes',
    ]),
  ];
}

function finding(check: string, isGood: boolean, [hi, en]: [string, string]): Finding {
  return { check, isGood, hi, en };
}
