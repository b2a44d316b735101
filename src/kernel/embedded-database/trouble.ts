import type { Bilingual } from '../i18n.ts';

export type TroubleCode =
  | 'no_binaries'
  | 'no_flock'
  | 'folder_unusable'
  | 'no_account'
  | 'wrong_owner'
  | 'disk_full'
  | 'wrong_password'
  | 'does_not_start';

/** What keeps the embedded database from being used, as a sentence for the person at the terminal. */
export class EmbeddedDatabaseTrouble extends Error {
  readonly code: TroubleCode;
  readonly text: Bilingual;

  constructor(code: TroubleCode, text: Bilingual, cause?: unknown) {
    super(`${text.hi}\n${text.en}`, { cause });
    this.name = 'EmbeddedDatabaseTrouble';
    this.code = code;
    this.text = text;
  }
}

/** The trouble behind a failed file operation in the data folder; anything unknown stays what it was. */
export function folderTrouble(folder: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, error);
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS' && code !== 'ENOTDIR') return error;
  return new EmbeddedDatabaseTrouble(
    'folder_unusable',
    {
      hi: `डेटा फ़ोल्डर ${folder} में लिखा नहीं जा सकता। DAKSH_DATA_DIR में ऐसा फ़ोल्डर दें जिसमें यह खाता लिख सके।`,
      en: `The data folder ${folder} cannot be written. Set DAKSH_DATA_DIR to a folder that this account may write.`,
    },
    error,
  );
}

export function diskFull(folder: string, cause?: unknown): EmbeddedDatabaseTrouble {
  return new EmbeddedDatabaseTrouble(
    'disk_full',
    {
      hi: `${folder} वाली डिस्क भर गई है। जगह खाली करके फिर चलाएँ; सहेजी गई कोई प्रविष्टि नहीं खोई है।`,
      en: `The disk that holds ${folder} is full. Free some space and start again; nothing that was saved is lost.`,
    },
    cause,
  );
}

/** PostgreSQL's own last words, turned into one of the sentences above where they are known. */
export function startTrouble(dataDir: string, output: string): EmbeddedDatabaseTrouble {
  if (/No space left on device|Disk quota exceeded|Check free disk space/i.test(output))
    return diskFull(dataDir, output);
  const last = output.trim().split('\n').slice(-6).join('\n');
  return new EmbeddedDatabaseTrouble('does_not_start', {
    hi: `${dataDir} का डेटाबेस शुरू नहीं हुआ। PostgreSQL का संदेश:\n${last}`,
    en: `The database in ${dataDir} did not start. PostgreSQL says:\n${last}`,
  });
}
