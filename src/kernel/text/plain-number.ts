/**
 * An order's number as it is kept and compared: letters in their one composed form, blanks of any kind and number
 * as one space, without signs that nobody sees. What looks the same on paper is the same number.
 */
export function plainNumber(given: string): string {
  return given
    .normalize('NFC')
    .replaceAll(/[\u00AD\u200B\u2060]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
