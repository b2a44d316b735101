import { type Language, pick } from '../../../kernel/i18n.ts';
import type { SignInPerson } from '../stores/persons.ts';

type Named = Pick<SignInPerson, 'nameHi' | 'nameEn'>;
type Posted = Pick<SignInPerson, 'designation' | 'designationEn' | 'officeHi' | 'officeEn'>;

export function nameOf(person: Named, language: Language): string {
  return pick({ hi: person.nameHi, en: person.nameEn }, language);
}

export function subtitleOf(person: Posted, language: Language): string {
  const designation = pick({ hi: person.designation, en: person.designationEn }, language);
  return [designation, officeOf(person, language)].filter(Boolean).join(' · ');
}

export function officeOf(person: Pick<Posted, 'officeHi' | 'officeEn'>, language: Language): string {
  return pick({ hi: person.officeHi, en: person.officeEn }, language);
}
