export { latinDigits } from './digits.ts';
export { foldText, hasDevanagari } from './fold.ts';
