import { hi } from '../../../messages/index.ts';
import type { Language, MessageKey, Translate } from '../../kernel/i18n.ts';

/** What a task of the queue does, in the reader's words; its own name where there are none. */
export function taskWords(task: string, t: Translate): string {
  return words('task', task, t);
}

/** What a check of the doctor looks at; names of settings stand as they are. */
export function checkWords(check: string, t: Translate): string {
  return words('check', check, t);
}

function words(kind: 'task' | 'check', name: string, t: Translate): string {
  const key = `${kind}_${name.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;
  return key in hi.operation ? t(`operation.${key}` as MessageKey) : name;
}

/** Of a text that is kept with Hindi on its first line and English on its second. */
export function lineIn(language: Language, text: string): string {
  const [inHindi = '', inEnglish] = text.split('\n');
  return language === 'hi' ? inHindi : (inEnglish ?? inHindi);
}

const spans = [
  { unit: 'days', seconds: 86_400 },
  { unit: 'hours', seconds: 3600 },
  { unit: 'minutes', seconds: 60 },
] as const;

/** The largest unit of which there are two: 90 s, 3 hours, 5 days. */
export function spanText(seconds: number, t: Translate): string {
  const span = spans.find((one) => seconds >= 2 * one.seconds);
  const count = Math.floor(seconds / (span?.seconds ?? 1));
  return t(`operation.span_${span?.unit ?? 'seconds'}`, { count });
}
