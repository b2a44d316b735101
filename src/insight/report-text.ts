import { formatDay } from '../kernel/dates.ts';
import { formatHours, formatNumber, formatPercent } from '../kernel/numbers.ts';
import type { OfficeSummary } from './office-summary.ts';

/** The department report as lines of text: Hindi, and English beneath. */
export function reportText(summary: OfficeSummary): string {
  const number = (value: number | null) => (value === null ? '–' : formatNumber(value, 'hi'));
  const share = (part: number | null) => formatPercent(part ?? 0, summary.registered ?? 0);
  const hours = formatHours(summary.learningMinutes ?? 0, 'hi');
  const names = [summary.office.nameHi, summary.office.nameEn ?? summary.office.code];
  const lines: [string, string][] = [
    [`${names[0]}: प्रशिक्षण की स्थिति`, `${names[1]}: state of training`],
    [`${formatDay(summary.asOf, 'hi')} तक`, `As of ${formatDay(summary.asOf, 'en')}`],
    [
      `पंजीकृत: ${number(summary.registered)} (लॉग-इन कर चुके: ${number(summary.signedIn)})`,
      `Registered: ${number(summary.registered)} (signed in: ${number(summary.signedIn)})`,
    ],
    [
      `कम से कम एक कोर्स पूरा: ${number(summary.atLeastOne)} (जिनमें ${number(summary.threeOrMore)} ने तीन या अधिक), पंजीकृत का ${share(summary.atLeastOne)}`,
      `One or more courses: ${number(summary.atLeastOne)} (of whom ${number(summary.threeOrMore)} three or more), ${share(summary.atLeastOne)} of the registered`,
    ],
    [
      `तीन से कम: ${number(summary.fewerThanThree)}, इनमें ${number(summary.inTraining)} ने एक भी कोर्स पूरा नहीं किया (इनमें ${number(summary.begun)} ने शुरू किया है)`,
      `Fewer than three: ${number(summary.fewerThanThree)}, of whom ${number(summary.inTraining)} none (${number(summary.begun)} of them have begun)`,
    ],
    [`पूरे किए गए कोर्स: ${number(summary.completions)}`, `Courses completed: ${number(summary.completions)}`],
    [`नवीनीकरण: ${number(summary.renewals)}`, `Renewals: ${number(summary.renewals)}`],
    [`प्रशिक्षण समय: ${hours} घंटे`, `Learning time: ${hours} hours`],
    [
      `रोस्टर से बाहर: ${number(summary.notOnRoster)} (किसी प्रतिशत में नहीं)`,
      `Not on roster: ${number(summary.notOnRoster)} (in no percentage)`,
    ],
  ];
  return lines.map(([hi, en]) => `${hi}\n  ${en}`).join('\n');
}
