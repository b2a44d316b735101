/** The words that may have been meant: those that differ by a slip or two, the nearest first, at most four. */
export function nearestWords(token: string, vocabulary: Iterable<string>): string[] {
  const slips = slipsIn(token);
  if (slips === 0) return soundAlikes(token, vocabulary);
  const found: { word: string; distance: number }[] = [];
  for (const word of vocabulary) {
    // A short word is not meant by a longer one either: posh is no slip of पोषण.
    const most = Math.min(slips, slipsIn(word));
    if (Math.abs(word.length - token.length) > most) continue;
    const distance = distanceWithin(token, word, most);
    if (distance <= most) found.push({ word, distance });
  }
  found.sort((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1));
  return found.slice(0, 4).map(({ word }) => word);
}

/** Skeletons are short, so that one slip changes much of a short one: none is forgiven in three letters. */
function slipsIn(token: string): number {
  if (token.length <= 4) return 0;
  return token.length <= 6 ? 1 : 2;
}

/** Letters that hands and ears take for one another, and of which one may be wrong even in a short word. */
const kindred = new Set(
  'bv vb jz zj dr rd gk kg td dt rl lr ie ei uo ou sC Cs pf fp nm mn'.toLowerCase().split(' '),
);

function soundAlikes(token: string, vocabulary: Iterable<string>): string[] {
  if (token.length < 4) return [];
  const found: string[] = [];
  for (const word of vocabulary) if (isKindred(token, word)) found.push(word);
  return found.toSorted().slice(0, 4);
}

function isKindred(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const differing = [...a].flatMap((letter, at) => (letter === b[at] ? [] : [`${letter}${b[at]}`]));
  return differing.length === 1 && kindred.has(differing[0] ?? '');
}

/** Letters left out, put in, changed or swapped between the two; anything above `limit` stands for "more". */
function distanceWithin(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, at(before, j - 2) + 1);
      row.push(best);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
