/** What the islands of files say, in the language of the page; filled from the messages of `media`. */
export const uploadWords = [
  'sending',
  'sent',
  'pause',
  'goOn',
  'remove',
  'paused',
  'waiting',
  'ready',
  'attach',
  'unfinished',
  'failed',
  'signInAgain',
  'wrongType',
  'tooLarge',
] as const;
export type UploadWords = Record<(typeof uploadWords)[number], string>;
