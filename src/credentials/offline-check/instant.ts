/** A moment as Indians read it, by the browser's own words. */
export function formatInstant(iso: string, language: string): string {
  const locale = language === 'hi' ? 'hi-IN-u-nu-latn' : 'en-IN';
  const shape = { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Kolkata' } as const;
  return new Intl.DateTimeFormat(locale, shape).format(new Date(iso));
}
