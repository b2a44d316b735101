import { foldText, skeleton } from '../../kernel/text/index.ts';

/** What a person is found by: the sound of each part of the name, whichever script it was written in. */
export function nameSearchText(nameHi: string | null, nameEn: string | null): string {
  const tokens = new Set([...tokensOf(nameHi ?? ''), ...tokensOf(nameEn ?? '')]);
  return tokens.size === 0 ? '' : ` ${[...tokens].join(' ')} `;
}

/** LIKE patterns that must all be found; each stands for the beginning of a part of the name. */
export function namePatterns(query: string): string[] {
  return tokensOf(query)
    .slice(0, 6)
    .map((token) => `% ${token}%`);
}

function tokensOf(text: string): string[] {
  return foldText(text)
    .split(' ')
    .map((word) => withoutInnerE(skeleton(word) || word))
    .filter((token) => /^[\p{L}\p{N}]+$/u.test(token));
}

/** वर्मा is Verma and Varma, and either is Hindi's unwritten a; so an e inside a name tells nothing apart. */
function withoutInnerE(token: string): string {
  return token.charAt(0) + token.slice(1).replaceAll('e', '');
}
