import type { Ctx } from '../../kernel/context.ts';
import { indiaDay, todayInIndia } from '../../kernel/dates.ts';
import { keepSending, rowsIn } from '../../kernel/exports.ts';
import { translator } from '../../kernel/i18n.ts';
import { type Cell, csvStream, xlsxStream } from '../../kernel/tabular/index.ts';
import { type ListSearch, personFilter } from './list-query.ts';
import { type ListedPerson, listPersons, type PageKey, type PersonFilter } from './stores/person-list.ts';
import { designationOf, officeOf, word } from './words.ts';

export type ExportFormat = 'csv' | 'xlsx';

const chunkSize = 1000;

/** The persons of a search as a file, with whole contacts: who took it, and by which search, is written down. */
export async function exportPersons(ctx: Ctx, search: ListSearch, format: ExportFormat) {
  const filter = await personFilter(ctx, search);
  // A designation is typed freely, as words that are searched for are.
  const { q, ...detail } = search;
  const taken = {
    ...({ kind: 'persons', format } as const),
    // Where several offices are searched, it stands at the first: the record of exports goes by offices.
    officeId: filter.officeId ?? filter.scopes.find((id) => id !== '*'),
    detail: { ...detail, isSearch: Boolean(q || detail.designation) },
  };
  const rows = await keepSending(ctx, taken, { chunks: chunks(ctx, filter), rowsOf: rowsIn });
  const headings = headingsOf(ctx);
  if (format === 'csv') return csvStream(headings, rows, { bom: true });
  const t = translator(ctx.language);
  return xlsxStream(
    {
      sheetName: t('people.persons'),
      columns: headings.map((heading) => ({ heading })),
      preface: [t('people.exportPreface', { day: todayInIndia(ctx.clock) })],
    },
    rows,
  );
}

async function* chunks(ctx: Ctx, filter: PersonFilter): AsyncGenerator<Cell[][]> {
  let after: PageKey | undefined;
  for (;;) {
    const page = { language: ctx.language, after, limit: chunkSize };
    const persons = await listPersons(ctx.db.read, filter, page);
    if (persons.length > 0) yield persons.map((person) => cellsOf(ctx, person));
    const last = persons.at(-1);
    if (!last || persons.length < chunkSize) return;
    after = { name: last.sortName, personId: last.personId };
  }
}

function headingsOf(ctx: Ctx): string[] {
  const t = translator(ctx.language);
  return [
    t('people.employeeCode'),
    t('people.nameHiField'),
    t('people.nameEnField'),
    t('people.mobileField'),
    t('people.emailField'),
    t('people.officeCodeColumn'),
    t('people.officeColumn'),
    t('people.designationColumn'),
    t('people.groupField'),
    t('people.engagementField'),
    t('people.kindColumn'),
    t('people.fromColumn'),
    t('people.untilColumn'),
    t('people.joinedOnField'),
    t('people.retiresOnField'),
    t('people.signInColumn'),
  ];
}

function cellsOf({ language }: Ctx, person: ListedPerson): Cell[] {
  const t = translator(language);
  return [
    person.code,
    person.nameHi,
    person.nameEn,
    person.mobile,
    person.email,
    person.officeCode,
    officeOf(person, language),
    designationOf(person, language),
    word(t, 'group', person.serviceGroup),
    word(t, 'engagement', person.engagement),
    word(t, 'kind', person.kind),
    person.startsOn,
    person.endsOn,
    person.joinedOn,
    person.retiresOn,
    person.lastSignedInAt && indiaDay(person.lastSignedInAt),
  ];
}
