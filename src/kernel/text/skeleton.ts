import { foldText, hasDevanagari } from './fold.ts';

/**
 * A key for one word that is the same, or nearly, whichever script it is typed in: "prashikshan",
 * "prasikshana" and "प्रशिक्षण" all give `prsiksn`. What people leave out, double or vary is dropped: aspiration,
 * vowel length, every a but a first one (Hindi does not pronounce all that it writes), the kinds of s, n, v.
 * Keys are for finding, never for showing; different words may share one.
 */
export function skeleton(word: string): string {
  const folded = foldText(word).replaceAll(' ', '');
  if (hasDevanagari(folded)) return reduce(romanize(folded));
  const isLatin = /^[a-z0-9]+$/.test(folded);
  // Of an abbreviation (AI, GP) nothing can be spared; other scripts are their own key.
  return isLatin && folded.length > 2 ? reduce(folded) : folded;
}

const consonants = pairs(
  'क k ख kh ग g घ gh ङ n च ch छ chh ज j झ jh ञ n ट t ठ th ड d ढ dh ण n त t थ th द d ध dh न n प p फ ph ' +
    'ब b भ bh म m य y र r ल l ळ l व v श sh ष sh स s ह h',
);
const vowels = pairs('अ a आ aa इ i ई ii उ u ऊ uu ऋ ri ए e ऐ ai ओ o औ au');
const signs = pairs('ा aa ि i ी ii ु u ू uu ृ ri े e ै ai ो o ौ au ् -');

/** Devanagari letter by letter, with every inherent a written out. */
function romanize(folded: string): string {
  let latin = '';
  const letters = folded.replaceAll('ज्ञ', 'ग्य');
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters.charAt(at);
    const consonant = consonants.get(letter);
    if (consonant !== undefined) {
      const sign = signs.get(letters.charAt(at + 1));
      latin += consonant + (sign === undefined ? 'a' : sign.replace('-', ''));
      if (sign !== undefined) at += 1;
    } else {
      latin += vowels.get(letter) ?? (letter === 'ं' ? 'n' : letter);
    }
  }
  return latin;
}

/** In this order: each rule relies on those above it. */
const reductions: [pattern: RegExp, by: string][] = [
  [/[^a-z0-9]+/g, ''],
  [/tion/g, 'san'],
  [/^jn|jny|dny/g, 'gy'],
  [/x/g, 'ks'],
  [/c?chh?/g, 'C'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/q/g, 'k'],
  [/rh/g, 'd'],
  [/ow(?![aeiou])/g, 'o'],
  [/w/g, 'v'],
  [/z/g, 'j'],
  [/ph/g, 'f'],
  [/(?<=[kgjtdbs])h/g, ''],
  [/([^aeiou0-9])\1+/g, '$1'],
  [/aa+/g, 'a'],
  [/ee+|ii+/g, 'i'],
  [/oo+|uu+/g, 'u'],
  [/ay(?=[ei])/g, 'a'],
  [/iy(?=[aeou])/g, 'i'],
  [/ai|ei|ey(?![aeiou])|ae/g, 'e'],
  [/a[uo]|ou/g, 'o'],
  [/(?<=[^aeiou])y$/g, 'i'],
  [/(?<!^)a/g, ''],
  [/eh/g, 'h'],
  [/(?<=..)h$/g, ''],
  [/m(?=[bflprsvy])/g, 'n'],
];

function reduce(latin: string): string {
  return reductions.reduce((word, [pattern, by]) => word.replace(pattern, by), latin).toLowerCase();
}

function pairs(list: string): Map<string, string> {
  const items = list.split(' ');
  return new Map(items.flatMap((item, at) => (at % 2 === 0 ? [[item, items[at + 1] ?? ''] as const] : [])));
}
