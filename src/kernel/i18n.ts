import i18next from 'i18next';
import { en, hi } from '../../messages/index.ts';

export const languages = ['hi', 'en'] as const;
export type Language = (typeof languages)[number];

type Namespaces = typeof hi;
/** `namespace.key`, as it stands in `messages/hi/<namespace>.json`. */
export type MessageKey = {
  [N in keyof Namespaces]: `${N & string}.${keyof Namespaces[N] & string}`;
}[keyof Namespaces];

/** Looks a message up; `{{name}}` in the text is replaced by `vars.name`. Escaping is the page's. */
export type Translate = (key: MessageKey, vars?: Record<string, string | number>) => string;

const catalogue = i18next.createInstance();
void catalogue.init({
  lng: 'hi',
  fallbackLng: 'hi',
  ns: Object.keys(hi),
  keySeparator: false,
  nsSeparator: '.',
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: { hi, en },
});

const translators: Record<Language, Translate> = {
  hi: catalogue.getFixedT('hi') as unknown as Translate,
  en: catalogue.getFixedT('en') as unknown as Translate,
};

export function translator(language: Language): Translate {
  return translators[language];
}

export function isLanguage(value: unknown): value is Language {
  return value === 'hi' || value === 'en';
}

/** Text that exists in both languages; a missing half falls back to the other. */
export type Bilingual = { hi: string; en: string };

export function pick(text: { hi?: string | null; en?: string | null }, language: Language): string {
  const other = language === 'hi' ? text.en : text.hi;
  return text[language] || other || '';
}
