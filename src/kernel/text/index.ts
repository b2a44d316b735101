export { latinDigits } from './digits.ts';
export { foldText, hasDevanagari } from './fold.ts';
export { initialsOf, isSameName, nameKey } from './names.ts';
export { nearest } from './nearest.ts';
export { hasOddSigns, isVisible, withoutOddSigns, withoutUnseen } from './odd-signs.ts';
export { plainNumber } from './plain-number.ts';
export { romanise } from './romanise.ts';
export { type SearchQuery, searchDocument, searchQuery } from './search.ts';
export { skeleton } from './skeleton.ts';

export { synonymsOf } from './synonyms.ts';
