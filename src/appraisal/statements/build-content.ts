import { readTags } from '../../competencies/index.ts';
import type { Day } from '../../kernel/dates.ts';
import { type CountedItem, countsOf, isInRoom, trainingTotals } from '../../mandates/index.ts';
import type {
  CompletionFact,
  InputPosting,
  StatementContent,
  StatementInputs,
  StatementItem,
  StatementPosting,
  Totals,
  TwoScripts,
  Word,
  WordKind,
  Words,
} from './content.ts';

export type Header = Pick<
  StatementContent,
  'form' | 'number' | 'year' | 'period' | 'cutOff' | 'frozenAt' | 'calendar' | 'replaces'
>;

export type Material = {
  inputs: StatementInputs;
  /** By their ids, whoever's rows they are by now. */
  completions: ReadonlyMap<string, CompletionFact>;
  words: Words;
};

/** The statement as a pure function of what was kept: the same material gives the same content, always. */
export function buildContent(header: Header, { inputs, completions, words }: Material): StatementContent {
  const main = mainPosting(inputs.postings, header.cutOff);
  const items = [...courseItems(inputs, completions, words), ...inputs.others].sort(byDay);
  const offices = (main?.path ?? []).map((id) => words('office', id)).filter((word) => word !== undefined);
  const department = offices.find((office) => office.kind === 'department');
  return {
    form: header.form,
    number: header.number,
    year: header.year,
    period: { from: header.period.from, to: header.period.to },
    cutOff: header.cutOff,
    frozenAt: header.frozenAt,
    calendar: header.calendar,
    government: offices[0] ? scripts(offices[0]) : { hi: null, en: null },
    department: department ? scripts(department) : null,
    person: {
      name: { hi: inputs.person.nameHi, en: inputs.person.nameEn },
      code: inputs.person.code,
      issuer: inputs.person.issuer,
    },
    post: main ? postOf(main, words) : null,
    postings: inputs.postings.map((posting) => postingLine(posting, words)),
    items,
    mandates: inputs.mandates,
    totals: header.form === 1 ? firstTotals(items) : totalsOf(items),
    replaces: header.replaces,
  };
}

/** The posting that stands for the person: the primary one at the cut-off, else the last one before it. */
export function mainPosting(postings: readonly InputPosting[], cutOff: Day): InputPosting | undefined {
  const rank = ({ from, to, isPrimary, id }: InputPosting) => {
    const stands = from <= cutOff && (to === null || to >= cutOff);
    return [stands ? 1 : 0, stands && isPrimary ? 1 : 0, to ?? '9999-12-31', from, id].join(' ');
  };
  return [...postings].sort((a, b) => (rank(a) < rank(b) ? 1 : -1))[0];
}

/** All the words that a statement of these inputs needs. */
export function wordsNeeded(
  inputs: StatementInputs,
  completions: Iterable<CompletionFact>,
): { kind: WordKind; key: string }[] {
  const needed: { kind: WordKind; key: string }[] = [];
  for (const posting of inputs.postings) {
    for (const key of posting.path) needed.push({ kind: 'office', key });
    needed.push({ kind: 'office', key: posting.officeId });
    if (posting.designationId) needed.push({ kind: 'designation', key: posting.designationId });
    if (posting.cadreId) needed.push({ kind: 'cadre', key: posting.cadreId });
  }
  for (const { courseId } of completions) needed.push({ kind: 'course', key: courseId });
  return needed;
}

function courseItems(
  inputs: StatementInputs,
  completions: ReadonlyMap<string, CompletionFact>,
  words: Words,
): StatementItem[] {
  return inputs.items.flatMap((input) => {
    const fact = completions.get(input.id);
    if (!fact) return [];
    const course = words('course', fact.courseId);
    const isOurs = fact.source === 'daksh';
    return [
      {
        kind: 'course' as const,
        code: course?.code ?? null,
        title: scripts(course),
        provider: course?.provider ?? null,
        mode: 'online' as const,
        begunOn: input.begunOn,
        completedOn: fact.completedOn,
        minutes: fact.minutes,
        isRenewal: input.isRenewal,
        isCounted: !input.isRenewal,
        competencies: competenciesOf(course, words),
        scorePercent: input.scorePercent,
        certificateNo: input.certificateNo ?? fact.foreignCertificateNo,
        verified: {
          how: isOurs ? ('decided' as const) : ('imported' as const),
          source: isOurs ? null : fact.source,
          recordedOn: fact.recordedOn,
        },
      },
    ];
  });
}

function competenciesOf(course: Word | undefined, words: Words) {
  return readTags(course?.competencies ?? []).map(({ key, level }) => ({
    key,
    level: level ?? null,
    name: scripts(words('competency', key)),
  }));
}

function postOf(main: InputPosting, words: Words): StatementContent['post'] {
  const line = postingLine(main, words);
  return { designation: line.designation, group: line.group, office: line.office };
}

function postingLine(posting: InputPosting, words: Words): StatementPosting {
  const office = words('office', posting.officeId);
  const cadre = posting.cadreId ? words('cadre', posting.cadreId) : undefined;
  return {
    office: { code: office?.code ?? '', ...scripts(office) },
    designation: posting.designationId ? scripts(words('designation', posting.designationId)) : null,
    cadre: cadre?.hi ?? null,
    group: posting.group,
    engagement: posting.engagement,
    kind: posting.kind,
    from: posting.from,
    to: posting.to,
  };
}

function totalsOf(items: readonly StatementItem[]): Totals {
  return trainingTotals(items.map(counted));
}

/** As the first statements were added up, which must come out again as they were. */
function firstTotals(items: readonly StatementItem[]): Totals {
  const those = items.filter((item) => item.isCounted);
  const classroomMinutes = sum(those.filter(isInRoom));
  const onlineMinutes = sum(those.filter((item) => !isInRoom(item)));
  return {
    ...countsOf(items.map(counted)),
    onlineMinutes,
    classroomMinutes,
    minutes: onlineMinutes + classroomMinutes,
    days: new Set(items.filter(isInRoom).map((item) => item.completedOn)).size,
  };
}

function counted({ completedOn: day, ...item }: StatementItem): CountedItem {
  return { ...item, day };
}

function sum(items: readonly StatementItem[]): number {
  return items.reduce((total, item) => total + item.minutes, 0);
}

/** By day, then by what never changes, so that the order is the same in every computation. */
function byDay(a: StatementItem, b: StatementItem): number {
  const key = (item: StatementItem) =>
    `${item.completedOn} ${item.kind} ${item.code ?? ''} ${item.certificateNo ?? ''}`;
  const [left, right] = [key(a), key(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function scripts(word: Word | undefined): TwoScripts {
  return { hi: word?.hi ?? null, en: word?.en ?? null };
}
