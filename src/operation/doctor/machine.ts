import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { Runtime } from '../../kernel/feature.ts';
import { lastBackup } from '../backup/last-backup.ts';
import { days, type Finding, finding, gigabytes, remark } from './finding.ts';
import { growthPerDay } from './sizes.ts';

/** Disk, folders, programs and the last backup. */
export async function machineFindings(runtime: Runtime): Promise<Finding[]> {
  return [
    await diskFinding(runtime),
    await folderFinding(runtime),
    await backupFinding(runtime),
    ffmpegRemark(),
  ];
}

const leastBytes = 2e9;
const leastDays = 14;

async function diskFinding(runtime: Runtime): Promise<Finding> {
  const disk = await statfs(firstThatExists(runtime.config.dataDir));
  const free = disk.bavail * disk.bsize;
  const growth = await growthPerDay(runtime);
  const left = growth !== undefined && growth > 0 ? Math.floor(free / growth) : undefined;
  const grown = growth === undefined ? undefined : (growth / 1e6).toFixed(0);
  const room = gigabytes(free);
  return finding('disk', free > leastBytes && (left ?? leastDays) >= leastDays, {
    seen: {
      hi: `${room} GB खाली${grown ? `, प्रतिदिन ${grown} MB वृद्धि` : ''}${left !== undefined ? `, ${left} दिन चलेगा` : ''}।`,
      en: `${room} GB free${grown ? `, ${grown} MB more each day` : ''}${left !== undefined ? `, enough for ${left} days` : ''}.`,
    },
    todo: {
      hi: 'डिस्क बढ़ाएँ या पुराने बैकअप दूसरी मशीन पर ले जाएँ।',
      en: 'Enlarge the disk, or move old backups to another machine.',
    },
  });
}

/** The data folder is made by the first file; before that it is the disk below it that counts. */
function firstThatExists(folder: string): string {
  return existsSync(folder) ? folder : firstThatExists(dirname(folder));
}

/**
 * Pieces of an upload may come to any machine: all must have one data folder in common. A machine that does not
 * find the newest file looks into a folder of its own.
 */
async function folderFinding({ config, db, storage }: Runtime): Promise<Finding> {
  const { dataDir } = config;
  const found = await sql<{
    key: string;
  }>`select storage_key as key from file order by file_id desc limit 1`.execute(db.read);
  const [newest] = found.rows;
  const isShared =
    newest === undefined ||
    (await storage.size(newest.key).then(
      () => true,
      () => false,
    ));
  const isWritable = await writes(join(dataDir, 'uploads'));
  if (!isShared)
    return finding('files', false, {
      seen: { hi: `सबसे नई फ़ाइल ${dataDir} में नहीं है।`, en: `the newest file is not in ${dataDir}.` },
      todo: {
        hi: 'सब मशीनों का DAKSH_DATA_DIR एक ही साझा फ़ोल्डर हो।',
        en: 'All machines need the same shared folder as DAKSH_DATA_DIR.',
      },
    });
  return finding('files', isWritable, {
    seen: {
      hi: `${dataDir}/uploads में लिखा ${isWritable ? 'जा सकता है' : 'नहीं जा सकता'}।`,
      en: `${dataDir}/uploads can ${isWritable ? '' : 'not '}be written to.`,
    },
    todo: { hi: 'फ़ोल्डर का स्वामी और अनुमति देखें।', en: 'See the folder’s owner and rights.' },
  });
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

const oldestBackupDays = 2;

/** Either our own, or PostgreSQL's archive of its log, which allows to go back to any moment. */
async function backupFinding({ db, clock }: Runtime): Promise<Finding> {
  const found = await sql<{
    archived: Date | null;
  }>`select last_archived_time as archived from pg_stat_archiver
    where current_setting('archive_mode') <> 'off'`.execute(db.read);
  const last = await lastBackup(db.read);
  const age = (date: Date) => (clock.now().getTime() - date.getTime()) / 1000;
  const archived = found.rows[0]?.archived ?? null;
  const youngest = Math.min(
    last ? age(new Date(last.madeAt)) : Number.POSITIVE_INFINITY,
    archived ? age(archived) : Number.POSITIVE_INFINITY,
  );
  const seen = Number.isFinite(youngest)
    ? { hi: `पिछला ${days(youngest)} दिन पहले।`, en: `the last is ${days(youngest)} days old.` }
    : { hi: 'अब तक कोई नहीं बना।', en: 'none was ever made.' };
  const told = last
    ? {
        hi: ` ${gigabytes(last.bytes)} GB, ${last.seconds} सेकंड।`,
        en: ` ${gigabytes(last.bytes)} GB in ${last.seconds} s.`,
      }
    : { hi: '', en: '' };
  return finding('backup', youngest < oldestBackupDays * 86_400, {
    seen: { hi: seen.hi + told.hi, en: seen.en + told.en },
    todo: {
      hi: '`daksh backup फ़ाइल` चलाएँ; हर रात के लिए deploy/systemd का daksh-backup.timer चालू करें।',
      en: 'Run `daksh backup FILE`; for each night enable daksh-backup.timer of deploy/systemd.',
    },
  });
}

function ffmpegRemark(): Finding {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const isThere = folders.some((folder) => existsSync(join(folder, 'ffmpeg')));
  return remark('ffmpeg', {
    hi: isThere ? 'रिकॉर्डिंग के हल्के रूप बनते हैं।' : 'नहीं है: रिकॉर्डिंग मूल रूप में ही चलेंगी; हल्के रूपों के लिए स्थापित करें।',
    en: isThere
      ? 'lighter copies of recordings are made.'
      : 'not here: recordings play as they are; install it for lighter copies.',
  });
}
