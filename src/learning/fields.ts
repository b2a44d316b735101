/**
 * Words of designations and cadres that name a field of work, and the tags of courses made for it. The first
 * field that fits counts; whoever fits none is offered courses as everybody is.
 */
const fields: readonly (readonly [words: RegExp, tags: readonly string[]])[] = [
  [/आशा|ए\.?एन\.?एम|नर्स|स्वास्थ्य|चिकित्स|फार्मासिस्ट|\basha\b|\banm\b|nurse|health|medical/i, ['health']],
  [/पुलिस|सिपाही|आरक्षी|कांस्टेबल|थानाध्यक्ष|police|constable/i, ['police']],
  [/लेखाकार|लेखा अधिकारी|क्रय|भंडार|भण्डार|accountant|accounts|purchase|procurement|stores/i, ['procurement']],
];

/** The tags of courses for the field that a post's words (designation, cadre) name. */
export function fieldTagsOf(words: readonly (string | null)[]): readonly string[] {
  const text = words.filter(Boolean).join(' ').normalize('NFC');
  return fields.find(([pattern]) => pattern.test(text))?.[1] ?? [];
}
