export type LocalText = { hi?: string; en?: string };

/** A plain string is a text in the course's own language. */
export function localised(text: string | LocalText | undefined, language: 'hi' | 'en'): LocalText {
  if (text === undefined) return {};
  if (typeof text === 'string') return { [language]: text };
  return { hi: text.hi || undefined, en: text.en || undefined };
}
