// Control signs, parted lines, and signs that turn the direction of what follows. Joiners stay: Hindi is written with them.
const odd = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/u;
const all = new RegExp(odd, 'gu');

/** Whether a line holds what cannot be read, printed or told apart: half a sign, control signs, turns of direction. */
export function hasOddSigns(text: string): boolean {
  return !text.isWellFormed() || odd.test(text);
}

export function withoutOddSigns(text: string): string {
  return text.toWellFormed().replace(all, '');
}

/** Whether anything of it can be seen: a letter, a digit, a sign; not joiners and spaces alone. */
export function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}
