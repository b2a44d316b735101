import type { Readable } from 'node:stream';
import { type Language, pick, translator } from '../kernel/i18n.ts';
import { wholeHours } from '../kernel/numbers.ts';
import { type Cell, csvStream, type XlsxColumn, xlsxStream } from '../kernel/tabular/index.ts';
import type { Figures } from './figures.ts';
import type { PersonFilter, PersonsFile } from './list-persons.ts';
import type { OfficeLine } from './office-summary.ts';
import { asOfText, filterKeys, officeName, sumsWords } from './pages/words.ts';
import type { ListedPerson } from './stores/roster.ts';
import { hasFigures, takenOff } from './table-sums.ts';
import { perHeadOf, reachOf, type TrainingReport } from './training-report.ts';

type Field = XlsxColumn & { value(line: OfficeLine): Cell; isRatio?: true };

/** The page's numbers as a file: the office itself in the first row, then the offices below it. */
export function reportCsv(report: TrainingReport, language: Language): Readable {
  const { fields, rows } = tableOf(report, language);
  const t = translator(language);
  const headings = [...fields.map((field) => field.heading), t('insight.asOfLabel')];
  return csvStream(headings, [rows.map((row) => [...row, report.asOf])], { bom: true });
}

export function reportXlsx(report: TrainingReport, language: Language): Readable {
  const { fields, rows } = tableOf(report, language);
  const t = translator(language);
  const options = {
    sheetName: t('insight.sheetName'),
    columns: fields,
    preface: prefaceOf(report, language),
  };
  return xlsxStream(options, [rows]);
}

export function countRows(report: TrainingReport, language: Language): number {
  return tableOf(report, language).rows.length;
}

/** What the sheet is, as of when, in which view: above the headings, since files travel without their page. */
export function prefaceOf(report: TrainingReport, language: Language): string[] {
  const t = translator(language);
  const isPeople = report.view === 'people';
  const view = t(isPeople ? 'insight.viewPeople' : 'insight.viewActivity');
  const meaning = t(isPeople ? 'insight.viewPeopleLead' : 'insight.viewActivityLead');
  return [
    t('insight.trainingTitle', { office: officeName(report.summary.office, language) }),
    `${t('insight.asOf', { day: asOfText(report.asOf, language) })} · ${view}: ${meaning}`,
    ...(report.isExact ? [] : [t('insight.maskedNotice')]),
    ...sumsWords(report, language),
  ];
}

function tableOf(report: TrainingReport, language: Language): { fields: Field[]; rows: Cell[][] } {
  const fields = fieldsOf(report, language);
  const lines = [report.summary, ...report.children.map((child) => child.line)];
  const sums = sumLines(report, language);
  return {
    fields,
    rows: [
      ...lines.map((line) => fields.map((field) => field.value(line))),
      ...sums.map((line) => fields.map((field) => (field.isRatio ? null : field.value(line)))),
    ],
  };
}

/** The rows that make the column of the offices below add up to the first row; the last is taken off. */
function sumLines(report: TrainingReport, language: Language): OfficeLine[] {
  const { sums, summary } = report;
  const t = translator(language);
  if (!sums) return [];
  const line = (name: string, figures: Figures): OfficeLine => ({
    ...summary,
    ...figures,
    office: { code: '', nameHi: name, nameEn: name },
  });
  const itself = t('insight.itself', { office: officeName(summary.office, language) });
  return [
    ...(hasFigures(sums.itself) ? [line(itself, sums.itself)] : []),
    ...(hasFigures(sums.again) ? [line(t('insight.againRow'), takenOff(sums.again))] : []),
  ];
}

function fieldsOf(report: TrainingReport, language: Language): Field[] {
  const t = translator(language);
  const masked = (value: number | null) => value ?? t('shell.masked');
  const number = (heading: string, of: (line: OfficeLine) => number | null): Field => ({
    heading,
    type: 'number',
    value: (line) => masked(of(line)),
  });
  const done = [
    number(t('insight.completions'), (line) => line.completions),
    number(t('insight.renewals'), (line) => line.renewals),
    number(t('insight.minutesColumn'), (line) => line.learningMinutes),
    number(t('insight.hoursColumn'), (line) =>
      line.learningMinutes === null ? null : wholeHours(line.learningMinutes),
    ),
  ];
  const office: Field[] = [
    { heading: t('insight.officeCode'), type: 'text', value: (line) => line.office.code },
    {
      heading: t('insight.office'),
      type: 'text',
      width: 44,
      value: (line) => officeName(line.office, language),
    },
  ];
  if (report.view === 'activity') return [...office, ...done];
  const people = [
    number(t('insight.registered'), (line) => line.registered),
    number(t('insight.signedIn'), (line) => line.signedIn),
    number(t('insight.atLeastOne'), (line) => line.atLeastOne),
    number(t('insight.ofWhomThree'), (line) => line.threeOrMore),
    number(t('insight.fewerColumn'), (line) => line.fewerThanThree),
    number(t('insight.bandNone'), (line) => line.bands.none),
    number(t('insight.begun'), (line) => line.begun),
    number(t('insight.bandOneTwo'), (line) => line.bands.oneOrTwo),
  ];
  return [
    ...office,
    ...people,
    ...done,
    ...ratios(language),
    number(t('insight.outsideColumn'), (line) => line.notOnRoster),
  ];
}

function ratios(language: Language): Field[] {
  const t = translator(language);
  const tenth = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);
  return [
    {
      heading: t('insight.reachColumn'),
      type: 'number',
      isRatio: true,
      value: (line) => tenth(reachOf(line)),
    },
    { heading: t('insight.perHead'), type: 'number', isRatio: true, value: (line) => tenth(perHeadOf(line)) },
  ];
}

type PersonsTable = PersonsFile & { chunks: AsyncGenerator<ListedPerson[]> };

export function personsCsv(file: PersonsTable, language: Language): Readable {
  const fields = personFields(file.filter, language);
  return csvStream(
    fields.map((field) => field.heading),
    cellsOf(file.chunks, fields),
    { bom: true },
  );
}

export function personsXlsx(file: PersonsTable, language: Language): Readable {
  const t = translator(language);
  const fields = personFields(file.filter, language);
  const office = officeName(file.office, language);
  const preface = [
    t('insight.personsTitle', { office, filter: t(filterKeys[file.filter]) }),
    t('insight.personsLead', { day: asOfText(file.asOf, language) }),
  ];
  return xlsxStream(
    { sheetName: t('insight.sheetPersons'), columns: fields, preface },
    cellsOf(file.chunks, fields),
  );
}

type PersonField = XlsxColumn & { value(person: ListedPerson): Cell };

async function* cellsOf(
  chunks: AsyncGenerator<ListedPerson[]>,
  fields: PersonField[],
): AsyncGenerator<Cell[][]> {
  for await (const chunk of chunks) yield chunk.map((person) => fields.map((field) => field.value(person)));
}

function personFields(filter: PersonFilter, language: Language): PersonField[] {
  const t = translator(language);
  const text = (heading: string, value: (person: ListedPerson) => Cell): PersonField => ({
    heading,
    type: 'text',
    value,
  });
  const common = [
    text(t('insight.employeeCode'), (person) => person.employeeCode),
    text(t('insight.name'), (person) => person.nameHi ?? person.nameEn),
    text(`${t('insight.name')} (English)`, (person) => person.nameEn),
    text(t('insight.designation'), (person) =>
      pick({ hi: person.designation, en: person.designationEn }, language),
    ),
    text(t('insight.group'), (person) => groupLetter(person.serviceGroup, language)),
    text(t('insight.officeCode'), (person) => person.officeCode),
    text(t('insight.office'), (person) =>
      officeName({ code: '', nameHi: person.officeHi, nameEn: person.officeEn }, language),
    ),
    text(t('insight.mobile'), (person) => person.mobile),
  ];
  const done: PersonField[] = [
    { heading: t('insight.coursesDone'), type: 'number', value: (person) => person.completions },
    { heading: t('insight.minutesDone'), type: 'number', value: (person) => person.minutes },
    { heading: t('insight.minutesInRoom'), type: 'number', value: (person) => person.classroomMinutes },
  ];
  if (filter === 'notOnRoster') {
    const ended: PersonField = {
      heading: t('insight.endedOn'),
      type: 'day',
      value: (person) => person.endedOn,
    };
    return [...common, ...done, ended, text(t('insight.endReason'), (person) => reasonOf(person, language))];
  }
  return [
    ...common,
    ...done,
    text(t('insight.begunColumn'), (person) => t(person.hasBegun ? 'insight.yes' : 'insight.no')),
    text(t('insight.lastSignIn'), (person) => person.lastSignedInAt?.toISOString() ?? person.signedInDay),
  ];
}

const groupKeys = {
  A: 'people.group_A',
  B: 'people.group_B',
  C: 'people.group_C',
  D: 'people.group_D',
} as const;

/** The group as the pages write it: ग for C. */
function groupLetter(group: string | null, language: Language): string | null {
  const key = groupKeys[group as keyof typeof groupKeys];
  return key ? translator(language)(key) : group;
}

const reasonKeys = {
  retired: 'insight.endReason_retired',
  died: 'insight.endReason_died',
  transferred: 'insight.endReason_transferred',
  contract_ended: 'insight.endReason_contract_ended',
  other: 'insight.endReason_other',
} as const;

export function reasonOf(person: Pick<ListedPerson, 'endReason'>, language: Language): string | null {
  const key = reasonKeys[person.endReason as keyof typeof reasonKeys];
  return key ? translator(language)(key) : null;
}
