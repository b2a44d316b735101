import { isDay } from '../../kernel/dates.ts';
import type { FieldError } from '../../kernel/errors.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import { type Line, linesOf, type OrderForm, severalOf } from './order-form.ts';

const words = {
  numberNeeded: { hi: 'आदेश संख्या लिखें।', en: 'Write the order’s number.' },
  issuerNeeded: { hi: 'लिखें कि आदेश किसने जारी किया।', en: 'Write who issued the order.' },
  title: { hi: 'आदेश का विषय हिन्दी या अंग्रेज़ी में लिखें।', en: 'Write the subject in Hindi or English.' },
  day: { hi: 'तिथि चुनें।', en: 'Choose a day.' },
  office: {
    hi: 'कम से कम एक कार्यालय खोजकर चुनें।',
    en: 'Search for an office and tick at least one.',
  },
  ends: { hi: 'अंतिम तिथि आरंभ से पहले है।', en: 'The last day is before the first.' },
  number: { hi: '1 से 10,000 के बीच की संख्या लिखें।', en: 'Write a number from 1 to 10,000.' },
  days: { hi: '1 से 366 के बीच दिन लिखें।', en: 'Write 1 to 366 days.' },
  whole: { hi: 'पूरी संख्या लिखें, 0 या अधिक।', en: 'Write a whole number, 0 or more.' },
  percent: { hi: '1 से 100 के बीच की संख्या लिखें।', en: 'Write a number from 1 to 100.' },
  hours: { hi: 'घंटे 0 से अधिक और 24 से कम हों।', en: 'The hours must be above 0 and at most 24.' },
  list: { hi: 'कम से कम एक कोर्स लिखें।', en: 'Write at least one course.' },
  moreThanListed: {
    hi: 'जितने कोर्स सूची में हैं, उनसे अधिक माँगे गए हैं।',
    en: 'More courses are asked than the list has.',
  },
  test: { hi: 'परीक्षा या कोर्स का कोड लिखें।', en: 'Write the code of the test or course.' },
  condition: { hi: 'कम से कम एक शर्त जोड़ें।', en: 'Add at least one condition.' },
  reminders: {
    hi: '1 से 365 तक के दिन अल्पविराम से अलग करके लिखें, जैसे 30, 7, 1।',
    en: 'Write numbers of days from 1 to 365, parted by commas, such as 30, 7, 1.',
  },
} satisfies Record<string, Bilingual>;

type Fault = keyof typeof words;
type Told = [field: string, fault: Fault][];

function unless(isRight: boolean, field: string, fault: Fault): Told {
  return isRight ? [] : [[field, fault]];
}

/** What is missing or wrong in the form, told at its fields; the rules themselves are asked after this. */
export function faultsOf(form: OrderForm): FieldError[] {
  const faults: Told = [
    ...unless(form.number !== '', 'number', 'numberNeeded'),
    ...unless(form.issuer !== '', 'issuer', 'issuerNeeded'),
    ...unless(Boolean(isDay(form.orderDate)), 'orderDate', 'day'),
    ...unless(Boolean(form.titleHi || form.titleEn), 'titleHi', 'title'),
    ...unless(Boolean(form.offices.length > 0), 'office', 'office'),
    ...windowFaults(form),
    ...unless(Boolean(form.conditions.length > 0), 'newKind', 'condition'),
    ...form.conditions.flatMap((lines, group) =>
      lines.flatMap((line, at) =>
        lineFaults(line).map(([part, fault]): Told[number] => [`c.${group}.${at}.${part}`, fault]),
      ),
    ),
    ...wholeFaults(form),
    ...(['remindBefore', 'remindAfter'] as const).flatMap((name) =>
      unless(severalOf(form[name]).every(isDayCount), name, 'reminders'),
    ),
  ];
  return faults.map(([path, code]) => ({ path, code, text: words[code] }));
}

function windowFaults(form: OrderForm): Told {
  if (form.window === 'relative') return isAtLeastOne(form.days) ? [] : [['days', 'number']];
  const missing = (['from', 'to'] as const).filter((name) => !isDay(form[name]));
  if (missing.length > 0) return missing.map((name) => [name, 'day']);
  return form.from > form.to ? [['to', 'ends']] : [];
}

function wholeFaults(form: OrderForm): Told {
  const names = [
    'graceDays',
    'joinersMinimumDays',
    'leaveDays',
    'retirementMonths',
    'serviceMin',
    'serviceMax',
  ] as const;
  return names
    .filter((name) => form[name] !== '' && !/^\d{1,4}$/.test(form[name]))
    .map((name) => [name, 'whole']);
}

function lineFaults(line: Line): Told {
  const listed = linesOf(line.list).length;
  if (line.kind === 'passed') return line.list ? [] : [['list', 'test']];
  if (line.kind === 'share')
    return [
      ...unless(Boolean(isPercent(line.percent)), 'percent', 'percent'),
      ...unless(Boolean(listed > 0), 'list', 'list'),
    ];
  if (!isAtLeastOne(line.n) && !(line.kind === 'hours' && Number(line.n) > 0)) return [['n', 'number']];
  if (line.kind === 'courses' && listed > 0 && Number(line.n) > listed) return [['n', 'moreThanListed']];
  if (line.kind !== 'days') return [];
  if (Number(line.n) > 366) return [['n', 'days']];
  const hours = Number(line.hours);
  return [
    ...unless(Boolean(hours > 0 && hours <= 24), 'hours', 'hours'),
    ...unless(Boolean(isPercent(line.percent)), 'percent', 'percent'),
  ];
}

function isAtLeastOne(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1;
}

function isDayCount(text: string): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 365;
}

function isPercent(text: string): boolean {
  const value = Number(text);
  return text !== '' && value > 0 && value <= 100;
}

const fields: Record<string, string> = {
  'order.number': 'number',
  'order.date': 'orderDate',
  'order.issuer': 'issuer',
  'order.issuerEn': 'issuerEn',
  'scope.offices': 'office',
  'window.to': 'to',
  'window.from': 'from',
  'window.days': 'days',
  window: 'to',
  'amends.effectiveOn': 'effectiveOn',
};

const parts: Record<string, string> = {
  'courses.tag': 'tag',
  'courses.of': 'list',
  'hours.tag': 'tag',
  'share.of': 'list',
  'share.atLeast': 'percent',
  'days.minutesPerDay': 'hours',
  'days.attendanceShare': 'percent',
  'passed.assessment': 'list',
};

/** The field of a condition: groups and the lines within them come out of the path as they went into the file. */
function fieldOfCondition(path: string, { conditions }: Pick<OrderForm, 'conditions'>): string {
  const steps = path.split('.').filter((step) => !['condition', 'allOf', 'anyOf'].includes(step));
  const places = steps.filter((step) => /^\d+$/.test(step)).map(Number);
  const group = conditions.length > 1 ? (places.shift() ?? 0) : 0;
  const line = (conditions[group]?.length ?? 0) > 1 ? (places.shift() ?? 0) : 0;
  const words = steps.filter((step) => !/^\d+$/.test(step));
  if (words.length < 2 || !conditions[group]?.[line]) return 'newKind';
  return `c.${group}.${line}.${parts[words.slice(0, 2).join('.')] ?? 'n'}`;
}

/** The form's field for a path of the order's file, so that the summary leads there. */
export function fieldOfPath(path: string, form: Pick<OrderForm, 'conditions'>): string {
  const known = fields[path] ?? fields[path.split('.').slice(0, 2).join('.')];
  if (known) return known;
  if (path.startsWith('title')) return 'titleHi';
  if (path.startsWith('condition')) return fieldOfCondition(path, form);
  if (path.startsWith('reminderDays')) return 'remindBefore';
  if (path.startsWith('sources')) return 'sources';
  if (path.startsWith('doubts')) return path.endsWith('en') ? 'doubtsEn' : 'doubtsHi';
  if (path.startsWith('scope.serviceYears')) return 'serviceMin';
  const [first = '', second = ''] = path.split('.');
  return first === 'scope' || first === 'clocks' ? second : first;
}
