import type { FieldError } from '../kernel/errors.ts';
import { fieldText } from '../kernel/field-texts.ts';
import { nameField } from '../kernel/name-field.ts';
import { longestName } from './definition.ts';

/** A name as it was typed: nothing where none was, and a fault where it cannot be read or is too long to be kept. */
export function nameTyped(
  text: string | undefined,
  missing?: 'required',
): { name: string | undefined; faults: FieldError[] } {
  const name = text?.trim() || undefined;
  if (!name && !missing) return { name, faults: [] };
  if (name && name.length > longestName) return { name, faults: [tooLong(name)] };
  const code = nameField(longestName).safeParse(name ?? '').error?.issues[0]?.message ?? '';
  const words = fieldText(code);
  return { name, faults: words ? [{ path: 'name', code, text: words }] : [] };
}

function tooLong(name: string): FieldError {
  const text = {
    hi: `नाम ${longestName} अक्षरों से लंबा है (${name.length}); छोटा नाम लिखें।`,
    en: `The name is longer than ${longestName} characters (${name.length}); write a shorter one.`,
  };
  return { path: 'name', code: 'too_long', text };
}

/** The name, with a number behind it where one's own list has it already. */
export function toldApart(name: string, taken: readonly string[]): string {
  const key = (text: string) => text.normalize('NFC').toLowerCase();
  const keys = new Set(taken.map(key));
  if (!keys.has(key(name))) return name;
  for (let number = 2; ; number += 1) {
    const end = ` (${number})`;
    const next = `${name
      .slice(0, longestName - end.length)
      .trimEnd()
      .toWellFormed()}${end}`;
    if (!keys.has(key(next))) return next;
  }
}
