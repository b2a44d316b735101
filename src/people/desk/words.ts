import { formatDay } from '../../kernel/dates.ts';
import { type Language, type MessageKey, pick, type Translate } from '../../kernel/i18n.ts';
import type { Choice } from '../../shell/index.ts';
import { endReasons, engagements, postingKinds, serviceGroups } from './schema.ts';

type Named = { nameHi: string | null; nameEn: string | null };

export function personName(person: Named, language: Language): string {
  return pick({ hi: person.nameHi, en: person.nameEn }, language);
}

/** The name in the other script, where it is known. */
export function otherName(person: Named, language: Language): string | null {
  return language === 'hi' ? (person.nameHi ? person.nameEn : null) : person.nameEn ? person.nameHi : null;
}

type Designated = { designation: string | null; designationEn: string | null };

export function designationOf(posting: Designated, language: Language): string | null {
  return pick({ hi: posting.designation, en: posting.designationEn }, language) || null;
}

type Placed = { officeHi: string | null; officeEn: string | null };

export function officeOf(posting: Placed, language: Language): string {
  return pick({ hi: posting.officeHi, en: posting.officeEn }, language);
}

export function dayOrNull(day: string | null, language: Language): string | null {
  return day && formatDay(day, language);
}

/** The word for a code of the schema: `engagement_permanent`, `group_A`; null for none. */
export function word(
  t: Translate,
  list: 'engagement' | 'group' | 'kind' | 'end',
  code: string | null,
): string | null {
  return code ? t(`people.${list}_${code}` as MessageKey) : null;
}

function choices(t: Translate, list: Parameters<typeof word>[1], codes: readonly string[]): Choice[] {
  return codes.map((code) => ({ value: code, label: word(t, list, code) ?? code }));
}

export const groupChoices = (t: Translate) => choices(t, 'group', serviceGroups);
export const engagementChoices = (t: Translate) => choices(t, 'engagement', engagements);
export const kindChoices = (t: Translate) => choices(t, 'kind', postingKinds);
export const endReasonChoices = (t: Translate) => choices(t, 'end', endReasons);
