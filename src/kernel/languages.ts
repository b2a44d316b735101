import type { Language, MessageKey, Translate } from './i18n.ts';

/** Languages a course may be in: the 22 of the Eighth Schedule, and English. BCP 47, own name, direction. */
const table = [
  ['hi', 'हिन्दी'],
  ['en', 'English'],
  ['as', 'অসমীয়া'],
  ['bn', 'বাংলা'],
  ['brx', 'बड़ो'],
  ['doi', 'डोगरी'],
  ['gu', 'ગુજરાતી'],
  ['kn', 'ಕನ್ನಡ'],
  ['ks', 'کٲشُر', 'rtl'],
  ['kok', 'कोंकणी'],
  ['mai', 'मैथिली'],
  ['ml', 'മലയാളം'],
  ['mni', 'ꯃꯤꯇꯩ ꯂꯣꯟ'],
  ['mr', 'मराठी'],
  ['ne', 'नेपाली'],
  ['or', 'ଓଡ଼ିଆ'],
  ['pa', 'ਪੰਜਾਬੀ'],
  ['sa', 'संस्कृतम्'],
  ['sat', 'ᱥᱟᱱᱛᱟᱲᱤ'],
  ['sd', 'سنڌي', 'rtl'],
  ['ta', 'தமிழ்'],
  ['te', 'తెలుగు'],
  ['ur', 'اردو', 'rtl'],
] as const;

export type ContentLanguage = (typeof table)[number][0];

export const contentLanguages: readonly ContentLanguage[] = table.map(([code]) => code);

export function isContentLanguage(value: unknown): value is ContentLanguage {
  return contentLanguages.some((code) => code === value);
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return table.find(([code]) => code === language)?.[2] ?? 'ltr';
}

/** As its speakers write it. */
export function endonymOf(language: string): string {
  return table.find(([code]) => code === language)?.[1] ?? language;
}

/** What the page's language calls it. */
export function languageName(language: string, t: Translate): string {
  return isContentLanguage(language) ? t(`shell.language_${language}` satisfies MessageKey) : language;
}

/** For a choice: its own name first, which its readers look for. */
export function languageChoice(language: string, t: Translate): string {
  const [own, name] = [endonymOf(language), languageName(language, t)];
  return own === name ? own : `${own} (${name})`;
}

/** The nearer of the two languages that Daksh itself speaks. */
export function sideOf(language: string): Language {
  return language === 'en' ? 'en' : 'hi';
}
