import type { Ctx } from '../../kernel/context.ts';
import { addMonths, type Day, endOfMonth, startOfMonth } from '../../kernel/dates.ts';
import { type Reason, type RuleRow, reasonsOn } from '../stores/rules.ts';
import { type ListedSubject, type OfficeName, officeNames } from '../stores/subjects.ts';
import { type Kind, kinds, type Missing, missingOn, versionOn } from './compliance.ts';
import { dayAsked, type Scene, sceneOf } from './scene.ts';

/** `underRule` is the denominator: in force on the day, and a rule holds for it. `reasoned` are part of `failing`. */
export type Counts = {
  inForce: number;
  underRule: number;
  complying: number;
  failing: number;
  reasoned: number;
};
export type Group = Counts & {
  code: string;
  nameHi: string;
  nameEn: string | null;
  /** Whether it lies below the office asked about, so that its own figures can be asked for. */
  isBelow: boolean;
};
export type TrendMonth = {
  month: string;
  day: Day;
  underRule: number;
  complying: number;
  isUnfinished: boolean;
};

export type Coverage = {
  office: Scene['office'];
  asOf: Day;
  rules: RuleRow[];
  kinds: Record<Kind, Counts>;
  departments: Group[];
  institutes: Group[];
  trend: TrendMonth[];
};

/** How much of what is taught, planned and collected below an office has the parts that the rules ask for. */
export async function curriculumCoverage(
  ctx: Ctx,
  wish: { office: string; asOf?: string },
): Promise<Coverage> {
  const asOf = dayAsked(ctx, wish.asOf);
  const scene = await sceneOf(ctx, wish.office);
  const found = await findingsOn(ctx, scene, asOf);
  const offices = await officeNames(ctx.db.read, [
    ...new Set(found.flatMap((one) => one.subject.officePath)),
  ]);
  return {
    office: scene.office,
    asOf,
    rules: rulesHere(scene, asOf),
    kinds: {
      programme: countsOf(found.filter((one) => one.subject.kind === 'programme')),
      plan: countsOf(found.filter((one) => one.subject.kind === 'plan')),
      collection: countsOf(found.filter((one) => one.subject.kind === 'collection')),
    },
    departments: groupsOf(found, scene.office.officeId, (one) => departmentOf(one.subject, offices)),
    institutes: groupsOf(
      found.filter((one) => one.subject.kind === 'programme'),
      scene.office.officeId,
      (one) => offices.get(one.subject.officeId),
    ),
    trend: trendOf(scene, asOf),
  };
}

export type Finding = {
  subject: ListedSubject;
  /** Undefined: no rule holds for it. */
  missing: Missing[] | undefined;
  /** The latest given; it explains, it does not make the subject comply. */
  reason: Reason | undefined;
  isReasonRunning: boolean;
};

export type Failing = { office: Scene['office']; asOf: Day; items: (Finding & { missing: Missing[] })[] };

/** What does not comply on the day, with what is missing and the reason that was given. */
export async function failingSubjects(
  ctx: Ctx,
  wish: { office: string; asOf?: string; kind?: Kind },
): Promise<Failing> {
  const asOf = dayAsked(ctx, wish.asOf);
  const scene = await sceneOf(ctx, wish.office);
  const found = await findingsOn(ctx, scene, asOf);
  const items = found.flatMap((one) =>
    one.missing && one.missing.length > 0 && (!wish.kind || one.subject.kind === wish.kind)
      ? [{ ...one, missing: one.missing }]
      : [],
  );
  return { office: scene.office, asOf, items };
}

/** Whatever is in force on the day, and what the rules find in it. */
async function findingsOn(ctx: Ctx, scene: Scene, day: Day): Promise<Finding[]> {
  const reasons = await reasonsOn(
    ctx.db.read,
    scene.subjects.map((one) => one.id),
    day,
  );
  return scene.subjects
    .filter((subject) => versionOn(subject, day))
    .map((subject) => {
      const reason = reasons.get(subject.id);
      const isReasonRunning = reason !== undefined && day <= reason.untilOn;
      return { subject, missing: missingOn(subject, { ...scene, day }), reason, isReasonRunning };
    });
}

function rulesHere({ office, rules, subjects }: Scene, day: Day): RuleRow[] {
  const paths = [office.path, ...subjects.map((one) => one.officePath)];
  return rules.filter(
    (rule) =>
      rule.validFrom <= day &&
      (rule.validUntil === null || day <= rule.validUntil) &&
      paths.some((path) => path.includes(rule.officeId)),
  );
}

function countsOf(found: readonly Finding[]): Counts {
  const under = found.filter((one) => one.missing !== undefined);
  const failing = under.filter((one) => one.missing?.length !== 0);
  return {
    inForce: found.length,
    underRule: under.length,
    complying: under.length - failing.length,
    failing: failing.length,
    reasoned: failing.filter((one) => one.isReasonRunning).length,
  };
}

function groupsOf(
  found: readonly Finding[],
  topId: string,
  officeOf: (one: Finding) => OfficeName | undefined,
): Group[] {
  const groups = Map.groupBy(found, (one) => officeOf(one)?.officeId ?? '');
  return [...groups.values()]
    .flatMap((members) => {
      const [first] = members;
      const office = first && officeOf(first);
      if (!office) return [];
      const { code, nameHi, nameEn, officeId } = office;
      const path = first.subject.officePath;
      const isBelow = path.indexOf(officeId) > path.indexOf(topId);
      return [{ code, nameHi, nameEn, isBelow, ...countsOf(members) }];
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The nearest office of kind department on the way up, else the one just below the root, else the root. */
function departmentOf(
  { officePath }: ListedSubject,
  offices: ReadonlyMap<string, OfficeName>,
): OfficeName | undefined {
  const way = officePath.map((id) => offices.get(id));
  return way.findLast((office) => office?.kind === 'department') ?? way[1] ?? way[0];
}

const trendMonths = 12;

/** As each month ended; of the month of the day itself, as the day stands. */
export function trendOf(scene: Pick<Scene, 'subjects' | 'rules' | 'sources'>, asOf: Day): TrendMonth[] {
  return Array.from({ length: trendMonths }, (_, at) => {
    const month = addMonths(startOfMonth(asOf), at - trendMonths + 1);
    const last = endOfMonth(month);
    const day = last < asOf ? last : asOf;
    const judged = scene.subjects.flatMap((subject) => {
      const missing = missingOn(subject, { ...scene, day });
      return missing ? [missing.length === 0] : [];
    });
    const complying = judged.filter(Boolean).length;
    return { month, day, underRule: judged.length, complying, isUnfinished: last > asOf };
  });
}

export const noCounts: Counts = { inForce: 0, underRule: 0, complying: 0, failing: 0, reasoned: 0 };

/** Over all kinds. */
export function totalOf(coverage: Coverage): Counts {
  return kinds
    .map((kind) => coverage.kinds[kind])
    .reduce(
      (sum, one) => ({
        inForce: sum.inForce + one.inForce,
        underRule: sum.underRule + one.underRule,
        complying: sum.complying + one.complying,
        failing: sum.failing + one.failing,
        reasoned: sum.reasoned + one.reasoned,
      }),
      noCounts,
    );
}
