import { skeleton } from '../../../kernel/text/skeleton.ts';
import { hindiWords } from './hindi-words.ts';

/**
 * Hindi words for what was typed in Latin letters, the likeliest first: known words that sound so, then the
 * letters by rule with their usual variants. No scheme is to be learnt: "prashikshan" gives प्रशिक्षण.
 */
export function candidates(latin: string, nearby: string[] = []): string[] {
  const typed = latin.toLowerCase();
  const byRule = transliterate(typed);
  const known = [...knownWords(typed, nearby)];
  const loan = loanWords[typed];
  return [
    ...new Set([
      ...(loan ? [loan] : []),
      ...known.slice(0, 3),
      byRule,
      ...variants(typed),
      ...known.slice(3),
    ]),
  ].slice(0, 5);
}

/** Typed as English spells them, written as Hindi does. */
const loanWords: Record<string, string> = table(
  'email ईमेल mobile मोबाइल phone फ़ोन computer कंप्यूटर file फ़ाइल online ऑनलाइन office ऑफ़िस form फ़ॉर्म video वीडियो ' +
    'audio ऑडियो link लिंक password पासवर्ड message मैसेज bank बैंक account अकाउंट code कोड course कोर्स website वेबसाइट ' +
    'internet इंटरनेट click क्लिक download डाउनलोड upload अपलोड report रिपोर्ट portal पोर्टल scheme स्कीम digital डिजिटल ' +
    'training ट्रेनिंग certificate सर्टिफ़िकेट quiz क्विज़ number नंबर app ऐप cyber साइबर data डेटा team टीम meeting मीटिंग',
);

let index: Map<string, string[]> | undefined;

function wordsBySound(): Map<string, string[]> {
  index ??= Map.groupBy
    ? (Map.groupBy(hindiWords.split(' '), skeleton) as Map<string, string[]>)
    : grouped(hindiWords.split(' '));
  return index;
}

function grouped(words: string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const word of words) found.set(skeleton(word), [...(found.get(skeleton(word)) ?? []), word]);
  return found;
}

/** Words that sound as typed; those nearest in letters first, then the more frequent. */
function knownWords(typed: string, nearby: string[]): string[] {
  if (typed.length < 2) return [];
  const sound = skeleton(typed);
  const found = new Set([
    ...nearby.filter((word) => skeleton(word) === sound),
    ...(wordsBySound().get(sound) ?? []),
  ]);
  const target = bare(transliterate(typed));
  const far = (word: string) => distance(bare(word), target);
  return [...found]
    .map((word) => ({ word, far: far(word) }))
    .sort((a, b) => a.far - b.far)
    .map(({ word }) => word);
}

/** Kinds of t, d, n, s and the length of i and u are not told by Latin letters: they make no difference here. */
function bare(word: string): string {
  const plain: Record<string, string> = {
    ट: 'त',
    ठ: 'थ',
    ड: 'द',
    ढ: 'ध',
    ण: 'न',
    ष: 'श',
    'ी': 'ि',
    'ू': 'ु',
    ई: 'इ',
    ऊ: 'उ',
    'ँ': 'ं',
  };
  return word
    .normalize('NFD')
    .replace(/़/g, '')
    .replace(/./gu, (letter) => plain[letter] ?? letter);
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const consonants: Record<string, string> = table(
  'ksh क्ष chh छ gy ज्ञ jn ज्ञ shr श्र kh ख gh घ ch च jh झ th थ dh ध ph फ bh भ sh श rh ढ़ ng ंग k क g ग c क j ज t त d द n न p प f फ़ b ब ' +
    'm म y य r र l ल v व w व s स h ह z ज़ q क x क्स',
);
const vowels: Record<string, string> = table(
  'aa आ ai ऐ au औ ee ई ii ई oo ऊ uu ऊ ei ए ou औ a अ i इ u उ e ए o ओ',
);
const signs: Record<string, string> = {
  ...table('aa ा ai ै au ौ ee ी ii ी oo ू uu ू ei े ou ौ i ि u ु e े o ो'),
  a: '',
};

/** Letter by letter: a consonant before a consonant is half, at the end whole; a last a is long. */
export function transliterate(latin: string): string {
  let word = '';
  let isOpen = false; // a consonant waits for its vowel
  for (let rest = latin.toLowerCase(); rest; ) {
    const consonant = longest(rest, consonants);
    const vowel = longest(rest, vowels);
    if (vowel) {
      const isLast = rest.length === vowel.length;
      word += isOpen
        ? vowel === 'a' && isLast && /[ऀ-ॿ].*[ऀ-ॿ]/.test(word)
          ? 'ा'
          : (signs[vowel] ?? '')
        : (vowels[vowel] ?? '');
      if (isOpen && isLast && (vowel === 'i' || vowel === 'u'))
        word = word.slice(0, -1) + (vowel === 'i' ? 'ी' : 'ू');
      isOpen = false;
      rest = rest.slice(vowel.length);
    } else if (consonant) {
      word += isNasal(rest, consonant) ? 'ं' : (isOpen ? '्' : '') + (consonants[consonant] ?? '');
      isOpen = !isNasal(rest, consonant);
      rest = rest.slice(consonant.length);
    } else {
      word += rest[0];
      isOpen = false;
      rest = rest.slice(1);
    }
  }
  return word.replace(/्ं/g, 'ं');
}

/** n and m before a stop are written as a dot: sankhya, sambandh. */
function isNasal(rest: string, consonant: string): boolean {
  if (consonant === 'n') return /^n[kgcjtdsz]/.test(rest);
  return consonant === 'm' && /^m[pb]/.test(rest);
}

function longest(text: string, among: Record<string, string>): string | undefined {
  return [4, 3, 2, 1].map((length) => text.slice(0, length)).find((part) => part in among);
}

const swaps: [string, string][] = [
  ['न', 'ण'],
  ['त', 'ट'],
  ['द', 'ड'],
  ['श', 'ष'],
  ['ि', 'ी'],
  ['थ', 'ठ'],
  ['ध', 'ढ'],
];

/** The word by rule with one letter in its other kind, and with a long a where an a was typed. */
function variants(typed: string): string[] {
  const word = transliterate(typed);
  const long = transliterate(typed.replace(/a(?=[^aiu])/g, 'aa'));
  const found = swaps.flatMap(([one, other]) => {
    const at = word.lastIndexOf(one);
    return at === -1 ? [] : [word.slice(0, at) + other + word.slice(at + one.length)];
  });
  return [long, ...found].filter((one) => one !== word);
}

function table(list: string): Record<string, string> {
  const items = list.split(' ');
  return Object.fromEntries(
    items.flatMap((item, at) => (at % 2 === 0 ? [[item, items[at + 1] ?? '']] : [])) as [string, string][],
  );
}
