/** १२३ becomes 123; everything else stays as it is. */
export function latinDigits(text: string): string {
  return text.replace(/[०-९]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x0966 + 0x30));
}
