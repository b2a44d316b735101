/** Devanagari in plain Latin letters, as people type it: कार्यालय gives karyalay. For addresses, not for names. */
export function romanise(text: string): string {
  return text.normalize('NFC').replace(/[\u0900-\u097f]+/g, romaniseWord);
}

function romaniseWord(word: string): string {
  const letters = [...word.normalize('NFD').replace(/\u093c/g, '')];
  let latin = '';
  for (const [at, letter] of letters.entries()) {
    const consonant = consonants[letter];
    latin += consonant ?? others[letter] ?? '';
    // A consonant is spoken with an a, unless a sign follows it or the word ends.
    if (consonant && at < letters.length - 1 && !/[\u093e-\u094d]/.test(letters[at + 1] ?? '')) latin += 'a';
  }
  return latin;
}

const consonants = table(
  'क k ख kh ग g घ gh ङ n च ch छ chh ज j झ jh ञ n ट t ठ th ड d ढ dh ण n त t थ th द d ध dh न n प p फ ph ब b भ bh म m ' +
    'य y र r ल l ळ l व v श sh ष sh स s ह h',
);
const others = table(
  'अ a आ aa इ i ई i उ u ऊ u ऋ ri ए e ऐ ai ऑ o ओ o औ au ा a ि i ी i ु u ू u ृ ri े e ै ai ॉ o ो o ौ au ं n ँ n ' +
    '० 0 १ 1 २ 2 ३ 3 ४ 4 ५ 5 ६ 6 ७ 7 ८ 8 ९ 9',
);

function table(list: string): Record<string, string> {
  const items = list.split(' ');
  return Object.fromEntries(items.flatMap((item, at) => (at % 2 === 0 ? [[item, items[at + 1] ?? '']] : [])));
}
