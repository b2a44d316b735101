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

const translators: Record<Language, Translate> = { hi: quickTranslator('hi'), en: quickTranslator('en') };

/**
 * A page says some hundred messages, nearly all of them plain text or text with places. Those are taken
 * apart once a process; whatever needs more (plural forms, a value that is missing) i18next answers.
 */
function quickTranslator(language: Language): Translate {
  const full = catalogue.getFixedT(language) as unknown as Translate;
  const known = new Map<string, string | string[]>();
  return (key, vars) => {
    let message = known.get(key);
    if (message === undefined) {
      const found = plainMessage(language, key);
      if (found === undefined) return full(key, vars);
      message = found;
      known.set(key, message);
    }
    if (typeof message === 'string') return message;
    return (vars && filled(message, vars)) ?? full(key, vars);
  };
}

/** The text, or its pieces with the names of its places between them; undefined where i18next must look. */
function plainMessage(language: Language, key: string): string | string[] | undefined {
  const dot = key.indexOf('.');
  const [namespace, name] = [key.slice(0, dot), key.slice(dot + 1)];
  const texts = (language === 'hi' ? hi : en) as Record<string, Record<string, string>>;
  const text = texts[namespace]?.[name];
  const hasForms = ['one', 'other'].some((form) => texts[namespace]?.[`${name}_${form}`] !== undefined);
  if (text === undefined || hasForms || text.includes('$t(')) return undefined;
  if (!text.includes('{{')) return text;
  const pieces = text.split(/\{\{(\w+)\}\}/);
  return pieces.some((piece, at) => at % 2 === 0 && piece.includes('{{')) ? undefined : pieces;
}

function filled(pieces: string[], vars: Record<string, string | number>): string | undefined {
  let text = pieces[0] ?? '';
  for (let at = 1; at < pieces.length; at += 2) {
    const value = vars[pieces[at] ?? ''];
    if (value === undefined || value === null) return undefined;
    text += String(value) + (pieces[at + 1] ?? '');
  }
  return text;
}

export function translator(language: Language): Translate {
  return translators[language];
}

export function isLanguage(value: unknown): value is Language {
  return value === 'hi' || value === 'en';
}

/** Text that exists in both languages; a missing half falls back to the other. */
export type Bilingual = { hi: string; en: string };

/** A message without variables, in both languages: for what is handed to programs or kept. */
export function inBothLanguages(key: MessageKey): Bilingual {
  return { hi: translator('hi')(key), en: translator('en')(key) };
}

export function pick(text: { hi?: string | null; en?: string | null }, language: Language): string {
  const other = language === 'hi' ? text.en : text.hi;
  return text[language] || other || '';
}
