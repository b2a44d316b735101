/** OTP, SMS, CCL2: what stands in capitals is an abbreviation, not a Hindi word in Latin letters. */
export function isAbbreviation(word: string): boolean {
  return /^[A-Z]{2,}$/.test(word);
}

/** A dot after these shortens a word; it ends no sentence. */
const shortened = new Set('डॉ श्री श्रीमती सुश्री पं प्रो सं क्र रु प्र कु मु नं ई ए'.split(' '));

/** Whether a full stop typed after this text ends a Hindi sentence, and is written as a bar. */
export function endsSentence(before: string): boolean {
  const word = /([\u0900-\u0963\u0970-\u097f]+)["')\]]?$/.exec(before)?.[1];
  return word !== undefined && !shortened.has(word);
}
