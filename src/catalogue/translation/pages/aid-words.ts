/** What the translator's page says with script, in the language of the page. */
export const aidKeys = [
  'pieceConflict',
  'pieceCompare',
  'pieceKept',
  'pieceBack',
  'pieceFailed',
  'fromSource',
  'fromSourceSure',
] as const;
export type AidWords = Record<(typeof aidKeys)[number], string>;
