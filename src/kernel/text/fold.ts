import { latinDigits } from './digits.ts';

const devanagari = /[\u0900-\u097f\ua8e0-\ua8ff]/;

export function hasDevanagari(text: string): boolean {
  return devanagari.test(text);
}

/**
 * The form in which two texts are compared: case, accents, nukta, the ways of writing a nasal (हिन्दी and
 * हिंदी, बाँदा and बांदा), visarga, joiners, punctuation, digits and spaces no longer tell them apart.
 * Vowel length stays; `skeleton` drops it. Folding twice changes nothing.
 */
export function foldText(text: string): string {
  if (/^[a-z0-9]*$/.test(text)) return text;
  const open = text.normalize('NFKD').toLowerCase().normalize('NFKD');
  const letters = devanagari.test(open) ? foldDevanagari(open) : open;
  return letters.replace(accents, '').replace(invisible, '').replace(notWord, ' ').trim().normalize('NFC');
}

const accents = /[\u0300-\u036f]/g;
const invisible = /\p{Cf}/gu;
const notWord = /[^\p{L}\p{M}\p{N}]+/gu;

const nuktaAndSilent = /[\u093c\u0903\u093d\u200c\u200d]/g; // nukta, visarga, avagraha, joiners
// दु:ख, नि:शुल्क: the colon of the keyboard for a visarga. After other words it separates (विषय:साइबर).
const colonForVisarga = /(?<=(?:^|[^\u0900-\u097f])(?:दु|नि|अंत|अन्त|प्रात|पुन|अध)):(?=[\u0900-\u097f])/g;
// A nasal consonant without vowel before a stop, a sibilant, ह or व is what others write as anusvara. Before
// another nasal (सम्मान, अन्न) or य (कन्या) it is a letter of its own.
const halfNasal = /[ङञणनम]्(?=[क-घच-झट-ढत-धप-भवशषसह])/g;
const candra = new Map([
  ['ऑ', 'आ'],
  ['ॉ', 'ा'],
  ['ऍ', 'ए'],
  ['ॅ', 'े'],
]);

function foldDevanagari(text: string): string {
  const plain = latinDigits(text)
    .replace(colonForVisarga, '')
    .replace(nuktaAndSilent, '')
    .replace(/[\u0911\u0949\u090d\u0945]/g, (sign) => candra.get(sign) ?? sign)
    .replace(/ँ/g, 'ं');
  return plain.replace(halfNasal, 'ं');
}
