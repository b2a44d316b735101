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

// Joiners and what chooses a form belong to the letter before; turns of direction are odd, not only unseen.
const unseen =
  /(?!\p{Join_Control}|\p{Variation_Selector}|[\u202A-\u202E\u2066-\u2069])[\p{Default_Ignorable_Code_Point}\u061C\u200E\u200F\u2800]/gu;

/** Without signs that come along unseen where a name is pasted: which way it runs, where it may be parted, blanks. */
export function withoutUnseen(text: string): string {
  return text.replace(unseen, '');
}

/** Whether anything of it can be seen: a letter, a digit, a sign; not joiners, blanks and spaces alone. */
export function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(withoutUnseen(text));
}
