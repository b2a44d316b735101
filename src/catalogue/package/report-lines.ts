import type { Bilingual } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import type { PackageReport } from './look-at-package.ts';

/** What would come in, as sentences: the same on the page, in the terminal and in the API. */
export function reportLines({ document, counts, clash, freeCode, notes }: PackageReport): Bilingual[] {
  const { course, origin } = document;
  const n = (value: number) => formatNumber(value, 'en');
  const title = (language: 'hi' | 'en') => course.title[language] ?? Object.values(course.title)[0] ?? '';
  const megabytes = n(Math.round(counts.assetBytes / 100_000) / 10);
  const from = `${origin.exportedFrom}, ${origin.exportedAt.slice(0, 10)}`;
  return [
    { hi: `${course.code}: ${title('hi')}`, en: `${course.code}: ${title('en')}` },
    {
      hi: `संस्करण ${origin.version} से बना (${from})`,
      en: `Made from version ${origin.version} (${from})`,
    },
    {
      hi: `मॉड्यूल ${n(counts.modules)}, पाठ ${n(counts.lessons)}, प्रश्न ${n(counts.questions)}, फ़ाइलें ${n(counts.assets)} (${megabytes} MB)`,
      en: `${n(counts.modules)} modules, ${n(counts.lessons)} lessons, ${n(counts.questions)} questions, ${n(counts.assets)} files (${megabytes} MB)`,
    },
    ...(clash ? [clashLine(clash, course.code, freeCode)] : []),
    ...notes.map((note) => note.text),
  ];
}

export function clashLine(
  clash: NonNullable<PackageReport['clash']>,
  code: string,
  freeCode: string,
): Bilingual {
  if (clash.kind === 'same_package')
    return {
      hi: `यही पैकेज पहले लिया जा चुका है: ${clash.code}, संस्करण ${clash.version}। दोबारा नहीं लिया जाएगा।`,
      en: `This very package was taken before: ${clash.code}, version ${clash.version}. It is not taken twice.`,
    };
  if (clash.mayAddVersion)
    return {
      hi: `कोड ${code} का कोर्स यहाँ है: पैकेज उसका नया संस्करण (प्रारूप) बन सकता है, या दूसरे कोड (जैसे ${freeCode}) से नया कोर्स।`,
      en: `There is a course ${code} here: the package can become its next version (a draft), or a new course under another code (such as ${freeCode}).`,
    };
  if (clash.hasDraft)
    return {
      hi: `कोड ${code} का कोर्स यहाँ है और उसका प्रारूप खुला है: पैकेज दूसरे कोड (जैसे ${freeCode}) से आ सकता है।`,
      en: `There is a course ${code} here with an open draft: the package can come under another code (such as ${freeCode}).`,
    };
  return {
    hi: `कोड ${code} किसी और कोर्स का है: पैकेज दूसरे कोड (जैसे ${freeCode}) से आ सकता है।`,
    en: `The code ${code} is another course's: the package can come under another code (such as ${freeCode}).`,
  };
}
