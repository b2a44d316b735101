import { z } from 'zod';
import { numberIn } from '../../catalogue/index.ts';
import { addFieldTexts } from '../../kernel/field-texts.ts';
import { type BlueprintRules, type BlueprintRulesInput, blueprintRules } from '../rules.ts';
import { code } from '../schema.ts';

addFieldTexts({
  part_needed: {
    hi: 'कम से कम एक पंक्ति में प्रश्न बैंक और प्रश्नों की संख्या लिखें।',
    en: 'Choose a bank and write how many questions in at least one line.',
  },
  part_count: { hi: 'प्रश्नों की संख्या लिखें (1 से 200)।', en: 'Write how many questions (1 to 200).' },
  percent_needed: { hi: '0 से 100 तक लिखें।', en: 'Write 0 to 100.' },
});

export const mostSections = 6;
export const mostParts = 8;
type Values = Record<string, unknown>;
export type FormValues = Record<string, string>;

/** A blueprint as its form sends it: sections s1, s2, … with parts s1-p1, s1-p2, …; blank ones left out. */
export function blueprintForm(isNew: boolean) {
  return z.record(z.string(), z.unknown()).transform((values, issues) => {
    const fault = (path: string, message: string) =>
      issues.addIssue({ code: 'custom', path: [path], message });
    const own = code.safeParse(values['code']);
    if (isNew && !own.success) fault('code', own.error.issues[0]?.message ?? 'required');
    const title = { hi: word(values, 'titleHi') || undefined, en: word(values, 'titleEn') || undefined };
    if (!title.hi && !title.en) fault('titleHi', 'title_in_some_language');
    const rules = blueprintRules.safeParse(rulesIn(values, fault));
    if (!rules.success && issues.issues.length === 0) fault('s1-p1-bank', 'part_needed');
    if (issues.issues.length > 0 || !rules.success) return z.NEVER;
    const revision = Number(word(values, 'revision')) || 0;
    return { code: own.success ? own.data : '', title, rules: rules.data, revision };
  });
}

function rulesIn(values: Values, fault: (path: string, message: string) => void): BlueprintRulesInput {
  const percent = (name: string, usual: number) => {
    const number = numberIn(word(values, name)) ?? usual;
    if (number < 0 || number > 100) fault(name, 'percent_needed');
    return Math.min(100, Math.max(0, number)) / 100;
  };
  const whole = (name: string) => {
    const number = numberIn(word(values, name));
    return number === undefined || number <= 0 ? null : Math.round(number);
  };
  const sections = upTo(mostSections).flatMap((at) => {
    const parts = upTo(mostParts).flatMap((which) => partIn(values, `s${at}-p${which}`, fault));
    if (parts.length === 0) return [];
    const title = { hi: word(values, `s${at}-titleHi`), en: word(values, `s${at}-titleEn`) };
    const points = numberIn(word(values, `s${at}-points`)) ?? null;
    return [{ title, parts, points, cutOffShare: percent(`s${at}-cutOff`, 0) }];
  });
  if (sections.length === 0) fault('s1-p1-bank', 'part_needed');
  const feedback = word(values, 'feedback');
  return {
    sections,
    passShare: percent('pass', 60),
    negativeShare: percent('negative', 0),
    floor: -Math.abs(numberIn(word(values, 'floor')) ?? 0),
    hasPartialCredit: word(values, 'partial') !== '',
    minutes: whole('minutes'),
    graceSeconds: Math.round(numberIn(word(values, 'grace')) ?? 30),
    attempts: whole('attempts'),
    coolingMinutes: Math.round((numberIn(word(values, 'cooling')) ?? 0) * 60),
    isShuffled: word(values, 'shuffled') !== '',
    feedback: feedback === 'score' || feedback === 'explanations' ? feedback : 'rightness',
  };
}

function partIn(values: Values, at: string, fault: (path: string, message: string) => void) {
  const bank = word(values, `${at}-bank`);
  if (!bank) return [];
  const count = Math.round(numberIn(word(values, `${at}-count`)) ?? 0);
  if (count < 1 || count > 200) fault(`${at}-count`, 'part_count');
  const difficulty = Number(word(values, `${at}-difficulty`)) || null;
  return [{ bank, count, difficulty, tag: word(values, `${at}-tag`).toLowerCase() || null }];
}

function word(values: Values, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
}

export function upTo(most: number): number[] {
  return Array.from({ length: most }, (_, index) => index + 1);
}

/** The form's values of rules that are there. */
export function valuesOfRules(rules: BlueprintRules): FormValues {
  const values: FormValues = {
    pass: String(Math.round(rules.passShare * 100)),
    negative: shareText(rules.negativeShare),
    floor: rules.floor === 0 ? '' : String(-rules.floor),
    partial: rules.hasPartialCredit ? 'yes' : '',
    minutes: String(rules.minutes ?? ''),
    grace: String(rules.graceSeconds),
    attempts: String(rules.attempts ?? ''),
    cooling: rules.coolingMinutes === 0 ? '' : String(rules.coolingMinutes / 60),
    shuffled: rules.isShuffled ? 'yes' : '',
    feedback: rules.feedback,
  };
  for (const [index, section] of rules.sections.entries()) {
    const at = `s${index + 1}`;
    values[`${at}-titleHi`] = section.title.hi ?? '';
    values[`${at}-titleEn`] = section.title.en ?? '';
    values[`${at}-cutOff`] = section.cutOffShare === 0 ? '' : shareText(section.cutOffShare);
    values[`${at}-points`] = String(section.points ?? '');
    for (const [which, part] of section.parts.entries()) {
      const own = `${at}-p${which + 1}`;
      values[`${own}-bank`] = part.bank;
      values[`${own}-tag`] = part.tag ?? '';
      values[`${own}-difficulty`] = String(part.difficulty ?? '');
      values[`${own}-count`] = String(part.count);
    }
  }
  return values;
}

function shareText(share: number): string {
  return share === 0 ? '' : String(Math.round(share * 10_000) / 100);
}

/** How many sections, and parts of one, to show: those that are filled and one more. */
export function shownSections(values: FormValues): number {
  const filled = upTo(mostSections).filter((at) => shownParts(values, at, 0) > 0);
  return Math.min(mostSections, Math.max(1, ...filled));
}

export function shownParts(values: FormValues, at: number, more = 1): number {
  const filled = upTo(mostParts).filter((which) => values[`s${at}-p${which}-bank`]);
  return Math.min(mostParts, Math.max(0, ...filled) + more);
}
