import { foldText } from './fold.ts';

// What the letters are called, as Hindi writes them: OTP is ओटीपी.
const letterNames: readonly (readonly [letter: string, ...names: string[]])[] = [
  ['a', 'ए'],
  ['b', 'बी'],
  ['c', 'सी'],
  ['d', 'डी'],
  ['e', 'ई'],
  ['f', 'एफ'],
  ['g', 'जी'],
  ['h', 'एच'],
  ['i', 'आई'],
  ['j', 'जे'],
  ['k', 'के'],
  ['l', 'एल'],
  ['m', 'एम'],
  ['n', 'एन'],
  ['o', 'ओ'],
  ['p', 'पी'],
  ['q', 'क्यू'],
  ['r', 'आर'],
  ['s', 'एस'],
  ['t', 'टी'],
  ['u', 'यू'],
  ['v', 'वी'],
  ['w', 'डब्ल्यू', 'डब्लू'],
  ['x', 'एक्स'],
  ['y', 'वाई'],
  ['z', 'जेड'],
];
const nameOfLetter = new Map(letterNames.map(([letter, name]) => [letter, name ?? letter]));
const letterOfName = new Map(
  letterNames.flatMap(([letter, ...names]) => names.map((name) => [foldText(name), letter] as const)),
);

// Those that texts also write in small letters, where nothing but this list tells them from a word.
const common = new Set(
  `ai aml anm api apl atm bdo bpl cca ccs cctv cdo chc cdpo dbt dpr epf esic fir gps gpf gst hiv hrms ias icds ict
    ifsc igot ips kyc lgd mis mou ndma ngo nps obc otp pcs pdf pfms phc pwd rti sc sdm sdrf sho shg sms sop tds ukc upi
    url usb vpn`.split(/\s+/),
);

/** The abbreviation that a folded word of Hindi spells by the names of its letters: ओटीपी gives otp. */
export function abbreviationOf(folded: string): string | undefined {
  const letters = lettersOf(folded);
  // बीबी and जीजी are words.
  const isOne = letters !== undefined && letters.length >= 2 && !/^(.)\1$/.test(letters);
  return isOne ? letters : undefined;
}

function lettersOf(folded: string): string | undefined {
  if (folded === '') return '';
  for (let length = Math.min(longestName, folded.length); length > 0; length -= 1) {
    const letter = letterOfName.get(folded.slice(0, length));
    const rest = letter && lettersOf(folded.slice(length));
    if (rest !== undefined && letter) return letter + rest;
  }
  return undefined;
}

const longestName = Math.max(...[...letterOfName.keys()].map((name) => name.length));

/** How Hindi spells the abbreviations of a text: those in capitals, and the common ones in any letters. */
export function spelledAbbreviations(text: string, folded: readonly string[]): string[] {
  const capitals = (text.match(/(?<![\p{L}\p{M}\p{N}])[A-Z]{2,6}(?![\p{L}\p{M}\p{N}])/gu) ?? []).map((word) =>
    word.toLowerCase(),
  );
  const found = new Set([...capitals, ...folded.filter((word) => common.has(word))]);
  return [...found].map((word) =>
    foldText([...word].map((letter) => nameOfLetter.get(letter) ?? letter).join('')),
  );
}

/** O.T.P. and ओ.टी.पी. without their stops, as one word each. */
export function withoutStops(text: string): string {
  return text.includes('.') ? text.replace(stopped, (run) => run.replace(/[.\s]/g, '')) : text;
}

const letter = `(?:[A-Za-z]|${letterNames
  .flatMap(([, ...names]) => names)
  .sort((a, b) => b.length - a.length)
  .join('|')})`;
const stopped = new RegExp(
  String.raw`(?<![\p{L}\p{M}\p{N}])${letter}(?:\.\s?${letter})+\.?(?![\p{L}\p{M}\p{N}])`,
  'gu',
);

/** Folded words in which letters that stand apart (o t p, ओ टी पी) are joined to one. */
export function joinedLetters(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length; ) {
    const script = isLatinLetter(words[at]) ? isLatinLetter : isHindiLetter;
    let end = at;
    while (script(words[end])) end += 1;
    // An honorific follows a name: गांधी जी आई.
    const isRun = end - at >= 2 && words[at] !== 'जी';
    joined.push(isRun ? words.slice(at, end).join('') : (words[at] ?? ''));
    at = isRun ? end : at + 1;
  }
  return joined;
}

function isLatinLetter(word: string | undefined): boolean {
  return word !== undefined && /^[a-z]$/.test(word);
}

/** के is a postposition far more often than a K. */
function isHindiLetter(word: string | undefined): boolean {
  return word !== undefined && word !== 'के' && letterOfName.has(word);
}
