import { invalid, type Refusal } from '../../kernel/errors.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import { digitsOf } from './identifier.ts';

/** Ten characters and no word of one's own record: length protects, forced symbols only get written down. */
export function checkedPassword(given: { password: string; again: string }, known: string[]): string {
  const { password, again } = given;
  if ([...password].length < 10) throw wrong('password', 'short_password', shortText);
  if (password.length > 200) throw wrong('password', 'long_password', longText);
  if (isEasy(password, known)) throw wrong('password', 'easy_password', easyText);
  if (password !== again) throw wrong('again', 'not_the_same', differentText);
  return password;
}

/** Four to six digits that are neither one digit repeated nor a run such as 1234. */
export function checkedPin(given: { pin: string; again: string }): string {
  const pin = digitsOf(given.pin);
  if (!/^\d{4,6}$/.test(pin)) throw wrong('pin', 'bad_pin', badPinText);
  if (/^(\d)\1+$/.test(pin) || '01234567890'.includes(pin) || '09876543210'.includes(pin))
    throw wrong('pin', 'easy_pin', easyPinText);
  if (pin !== digitsOf(given.again)) throw wrong('again', 'not_the_same', differentText);
  return pin;
}

const common = ['password', '12345', 'qwerty', 'abcd', 'india', 'admin', 'welcome', 'daksh@'];

function isEasy(password: string, known: string[]): boolean {
  const folded = password.toLowerCase();
  if (new Set(folded).size < 4) return true;
  const rest = [...common, ...known.map((word) => word.toLowerCase())]
    .filter((word) => word.length >= 4)
    .reduce((text, word) => text.replaceAll(word, ''), folded);
  return rest.length < 6;
}

function wrong(path: string, code: string, text: Bilingual): Refusal {
  return invalid([{ path, code, text }], text);
}

const shortText = {
  hi: 'पासवर्ड में कम से कम 10 अक्षर या अंक रखें।',
  en: 'Use at least 10 characters in the password.',
};
const longText = { hi: 'पासवर्ड 200 अक्षरों से छोटा रखें।', en: 'Keep the password below 200 characters.' };
const easyText = {
  hi: 'यह पासवर्ड सरल है: नाम, कोड, मोबाइल या जाने-पहचाने शब्द से न बनाएँ।',
  en: 'This password is easy to guess: do not make it of your name, code, mobile or a common word.',
};
const differentText = { hi: 'दोनों बार एक जैसा लिखें।', en: 'Type the same both times.' };
const badPinText = { hi: 'PIN 4 से 6 अंकों का हो।', en: 'The PIN has 4 to 6 digits.' };
const easyPinText = {
  hi: 'यह PIN सरल है। एक ही अंक या 1234 जैसा क्रम न रखें।',
  en: 'This PIN is easy to guess. Avoid one repeated digit or a run such as 1234.',
};
