import { Refusal } from '../../kernel/errors.ts';
import type { Bilingual } from '../../kernel/i18n.ts';

/** One thing that is wrong with a package: `path` is a place in course.json, or a file in the zip. */
export type Fault = { path: string; code: string; text: Bilingual };

export const faultTexts = {
  not_a_zip: {
    hi: 'यह फ़ाइल कोर्स पैकेज (zip) नहीं है, या अधूरी या ख़राब है।',
    en: 'This file is no course package (zip), or it is incomplete or damaged.',
  },
  bad_path: {
    hi: 'पैकेज में फ़ाइल का ऐसा पथ नहीं हो सकता: {what}',
    en: 'A package cannot hold a file with this path: {what}',
  },
  symbolic_link: { hi: 'पैकेज में लिंक नहीं हो सकते: {what}', en: 'A package cannot hold links: {what}' },
  encrypted: {
    hi: 'पैकेज पासवर्ड से बंद है: {what}। बिना पासवर्ड का पैकेज दें।',
    en: 'The package is locked by a password: {what}. Give one without.',
  },
  repeated_path: {
    hi: 'पैकेज में यह फ़ाइल दो बार है: {what}',
    en: 'The package holds this file twice: {what}',
  },
  too_many_files: {
    hi: 'पैकेज में {what} से अधिक फ़ाइलें हैं।',
    en: 'The package holds more than {what} files.',
  },
  unfolds_too_large: {
    hi: 'पैकेज खुलने पर बहुत बड़ा होगा: {what}',
    en: 'The package would become too large when unpacked: {what}',
  },
  no_document: {
    hi: 'पैकेज में course.json नहीं है।',
    en: 'There is no course.json in the package.',
  },
  document_too_large: {
    hi: 'course.json {what} MB से बड़ा है।',
    en: 'course.json is larger than {what} MB.',
  },
  not_json: {
    hi: 'course.json पढ़ा नहीं जा सका: वह ठीक JSON (UTF-8) नहीं है।',
    en: 'course.json cannot be read: it is not proper JSON (UTF-8).',
  },
  other_format: {
    hi: 'course.json दक्ष के कोर्स का नहीं है ("format" को "daksh-course" होना चाहिए)।',
    en: 'course.json is not a course of Daksh ("format" must be "daksh-course").',
  },
  other_version: {
    hi: 'यह पैकेज प्रारूप {what} का है; यह स्थापना केवल प्रारूप 1 पढ़ती है।',
    en: 'This package is of format version {what}; this installation reads version 1 only.',
  },
  unknown_field: {
    hi: 'course.json में अनजाना खाना: {what}',
    en: 'An unknown field in course.json: {what}',
  },
  bad_field: {
    hi: 'course.json का यह खाना ठीक नहीं है: {what}',
    en: 'This field of course.json is not right: {what}',
  },
  unknown_part: {
    hi: 'course.json का यह भाग यह स्थापना नहीं जानती: {what}',
    en: 'This installation does not know this part of course.json: {what}',
  },
  text_in_no_known_language: {
    hi: 'यहाँ हिन्दी या अंग्रेज़ी पाठ चाहिए: {what}',
    en: 'A text in Hindi or English is needed here: {what}',
  },
  repeated_lesson: { hi: 'दो पाठों का कोड एक ही है: {what}', en: 'Two lessons have the same code: {what}' },
  unknown_lesson: {
    hi: 'पूर्णता की शर्त में ऐसा पाठ है जो कोर्स में नहीं: {what}',
    en: 'The completion rule names a lesson that is not there: {what}',
  },
  quiz_where_none: {
    hi: 'प्रश्न केवल प्रश्नोत्तरी-पाठ में हो सकते हैं: {what}',
    en: 'Only lessons of the kind quiz hold questions: {what}',
  },
  unlisted_file: {
    hi: 'यह फ़ाइल course.json की सूची (assets) में नहीं है: {what}',
    en: 'This file is not in the list (assets) of course.json: {what}',
  },
  missing_file: {
    hi: 'course.json में सूचीबद्ध यह फ़ाइल पैकेज में नहीं है: {what}',
    en: 'This file is listed in course.json but is not in the package: {what}',
  },
  unlisted_asset: {
    hi: 'पाठ ऐसी फ़ाइल माँगता है जो सूची (assets) में नहीं है: {what}',
    en: 'A lesson names a file that is not in the list (assets): {what}',
  },
  unused_asset: {
    hi: 'सूची (assets) की यह फ़ाइल किसी पाठ में नहीं है: {what}',
    en: 'No lesson uses this file of the list (assets): {what}',
  },
  repeated_asset: {
    hi: 'यह फ़ाइल सूची (assets) में दो बार है: {what}',
    en: 'This file stands twice in the list (assets): {what}',
  },
  wrong_size: {
    hi: 'फ़ाइल का आकार सूची से मेल नहीं खाता: {what}',
    en: 'The size of the file is not the listed one: {what}',
  },
  wrong_hash: {
    hi: 'फ़ाइल की SHA-256 छाप सूची से मेल नहीं खाती; वह रास्ते में बदली है: {what}',
    en: 'The SHA-256 hash of the file is not the listed one; it was changed on its way: {what}',
  },
  wrong_type: {
    hi: 'फ़ाइल भीतर से वह नहीं है जो सूची कहती है: {what}',
    en: 'The file is not what the list says it is: {what}',
  },
  wrong_kind: {
    hi: 'फ़ाइल इस पाठ के प्रकार की नहीं है: {what}',
    en: 'The file is not of the kind of this lesson: {what}',
  },
  asset_too_large: {
    hi: 'फ़ाइल अपने प्रकार की सीमा से बड़ी है: {what}',
    en: 'The file is larger than its kind may be: {what}',
  },
  bad_captions: { hi: 'कैप्शन पढ़े नहीं जा सके: {what}', en: 'The captions cannot be read: {what}' },
} as const satisfies Record<string, Bilingual>;
export type FaultCode = keyof typeof faultTexts;

export function fault(code: FaultCode, what = ''): Fault {
  const { hi, en } = faultTexts[code];
  return {
    path: what || 'file',
    code,
    text: { hi: hi.replace('{what}', what), en: en.replace('{what}', what) },
  };
}

const mostTold = 40;

/** The package is refused whole: all that is wrong with it at once, as far as it can be known. */
export function refused(faults: Fault[]): Refusal {
  const told = faults.slice(0, mostTold);
  const first = told[0]?.text ?? faultTexts.not_a_zip;
  const more = faults.length - 1;
  const text =
    more > 0 ? { hi: `${first.hi} (और ${more} कमियाँ)`, en: `${first.en} (and ${more} more faults)` } : first;
  return new Refusal('invalid', text, {
    reason: told.length === 1 ? (told[0]?.code ?? 'bad_package') : 'bad_package',
    fields: told.map((one) => ({ ...one, path: `file:${one.path}`.slice(0, 300) })),
  });
}
