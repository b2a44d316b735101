import type { Bilingual } from './i18n.ts';

/** What stops a program of ours from outside, by the code of PostgreSQL or of the system. */
const sentences: Record<string, Bilingual> = {
  ENOSPC: {
    hi: 'डिस्क भर गई है। जगह खाली करके फिर चलाएँ; सहेजी गई कोई प्रविष्टि नहीं खोई है।',
    en: 'The disk is full. Free some space and start again; nothing that was saved is lost.',
  },
  ECONNREFUSED: {
    hi: 'DATABASE_URL वाला PostgreSQL उत्तर नहीं दे रहा: पता और पोर्ट देखें, और यह कि वह चल रहा है।',
    en: 'The PostgreSQL of DATABASE_URL does not answer: see the address, the port, and whether it runs.',
  },
  '28P01': {
    hi: 'DATABASE_URL का नाम या पासवर्ड PostgreSQL ने नहीं माना।',
    en: 'PostgreSQL did not accept the name or the password of DATABASE_URL.',
  },
  '3D000': {
    hi: 'DATABASE_URL का डेटाबेस नहीं बना है; README.md में createdb की पंक्ति देखें।',
    en: 'The database of DATABASE_URL has not been made; see the line with createdb in README.md.',
  },
  '42501': {
    hi: 'DATABASE_URL की भूमिका को इस डेटाबेस का स्वामी होना चाहिए।',
    en: 'The role of DATABASE_URL must own the database.',
  },
};

const sameAs: Record<string, string> = {
  '53100': 'ENOSPC',
  EDQUOT: 'ENOSPC',
  ENOTFOUND: 'ECONNREFUSED',
  ETIMEDOUT: 'ECONNREFUSED',
  EHOSTUNREACH: 'ECONNREFUSED',
  '28000': '28P01',
};

/** The line for the person at the terminal: a known trouble in both languages, and what was said there. */
export function sayTrouble(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  const known = sentences[sameAs[code] ?? code];
  const said = error.message || code;
  return known ? `${known.hi}\n${known.en}\n(${said})` : said;
}
