import type { Figures } from '../../insight/index.ts';
import type { Day } from '../../kernel/dates.ts';

/** What a sheet is about, and what a line of it is about. Names travel with it, so that a kept sheet needs nothing else. */
export type Named = { code: string; nameHi: string; nameEn: string | null };
export type NodeKind = 'office' | 'area';
export type Place = Named & {
  node: NodeKind;
  /** Of an office: department, district…; of an area: division, district, state…; null where nobody said. */
  kind: string | null;
};

/** What an act tells of an area whose sheet it was about, for the office of the act is another; of an office nothing. */
export function areaDetail({ node, code, nameHi, nameEn }: Place) {
  return node === 'area' ? { area: code, areaHi: nameHi, areaEn: nameEn } : {};
}

/** Where the sheet of a line stands; null where it has none of its own. */
export type Opens = Pick<Place, 'node' | 'code'> | null;

/** One unit among its sisters. Shares come from its own counts, never from those of others. */
export type Line = {
  code: string;
  nameHi: string;
  nameEn: string | null;
  figures: Figures;
  masked: string[];
  /** Sanctioned posts of today at and below it, where somebody entered them; null of another day. */
  strength: number | null;
  /**
   * Per cent of these that the registered are; null where some of them stand where no posts are entered. Absent from a
   * sheet published by an earlier version.
   */
  postsShare?: number | null;
  /** Per cent of the registered with a course or more. */
  reach: number | null;
  perHead: number | null;
  /** Of the reach, in percentage points since the day of comparison. */
  change: number | null;
  /** By the measure of the sheet; null below 20 people, and of all where a figure that ranks one of them is masked. */
  place: number | null;
  /** So many offices were added up for it, each person once; null where it is the figure of one node. */
  addedUp: number | null;
  opens: Opens;
};

export const sectionKeys = [
  'units',
  'states',
  'divisions',
  'districts',
  'groups',
  'engagements',
  'fieldCadres',
] as const;
export type SectionKey = (typeof sectionKeys)[number];
/**
 * `countedAt`: the instant of a count that is not live. `outside`: registered people with a posting in none of the parts,
 * though perhaps with another in one; null or absent where it is not known.
 */
export type Section = { key: SectionKey; lines: Line[]; countedAt: string | null; outside?: number | null };

export type OrderLine = {
  mandateId: string;
  number: string;
  titleHi: string | null;
  titleEn: string | null;
  dueOn: Day | null;
  bound: number | null;
  met: number | null;
  metLate: number | null;
  open: number | null;
  overdue: number | null;
  exempt: number | null;
};

/** A department of the state: on the list of departments, in the tree of offices, or both. */
export type BoardLine = {
  nameHi: string;
  nameEn: string | null;
  /** Null while the department has no office here. */
  code: string | null;
  hasJoined: boolean;
  isOnList: boolean;
  registered: number | null;
  strength: number | null;
  /** As of a line. */
  postsShare?: number | null;
  reach: number | null;
  nodalOfficers: number;
  rosterOn: Day | null;
};
export type Board = { lines: BoardLine[]; listed: number; joined: number; withNodal: number };

/**
 * The sanctioned posts of a whole beside its people: per cent of them that the registered are, or why that is not told;
 * and of how many offices right below (of an area: of the highest there) everybody stands where posts are entered.
 */
export type Posts = {
  share: number | null;
  why: (typeof postsReasons)[number] | null;
  recorded: number;
  of: number;
};
export const postsReasons = ['notRecordedForAll', 'masked'] as const;

/** Something that stands out against the figure of the office above: two numbers, no judgement. */
export type Fact = { metric: FactMetric; value: number; above: number };
export const factMetrics = [
  'reach',
  'perHead',
  'hours',
  'threeOrMore',
  'signedIn',
  'aiReach',
  'cyberReach',
  'change',
  'strength',
] as const;
export type FactMetric = (typeof factMetrics)[number];
export type Notable = Named & { opens: Opens; place: number; of: number; facts: Fact[] };

/** Who stands at either end of one table's ranking. */
export type Ends = { key: SectionKey; best: Notable[]; worst: Notable[] };

export type TrendPoint = {
  period: Day;
  completions: number;
  minutes: number;
  onboarded: number;
  isUnfinished: boolean;
};

/** Programmes, plans and collections that a rule holds for, and the departments where some do not comply. */
export type Curriculum = {
  underRule: number;
  complying: number;
  failing: number;
  reasoned: number;
  departmentsFailing: number;
};

/** People of a government whom the sheet of an area leaves out, of its `whole`; null: fewer than five. */
export type LeftOut = { why: 'noArea' | 'elsewhere'; people: number | null; whole: number };

export const rankings = ['reach', 'perHead', 'hours'] as const;
export type Ranking = (typeof rankings)[number];

/**
 * The whole sheet: page, presentation, files, briefing and API are made of it and of nothing else, and a published
 * one is kept as its canonical JSON. A field that is not known is null, never absent, but for those that sheets published
 * by an earlier version did not have.
 */
export type Sheet = {
  format: 1;
  place: Place;
  path: Place[];
  asOf: Day;
  /** Null where the reader sees masked figures only: a difference of two days would tell what one person did. */
  compareOn: Day | null;
  isExact: boolean;
  rankedBy: Ranking;
  figures: Figures;
  masked: string[];
  before: Figures | null;
  strength: number | null;
  /** Null where no posts are known. Absent from a sheet published by an earlier version. */
  posts?: Posts | null;
  /** People on the roster of today, with and without an account; null of another day. */
  roster: number | null;
  completionsOnDay: number | null;
  onboarded: number | null;
  orders: OrderLine[];
  courses: { total: number; languages: { language: string; count: number }[] };
  curriculum: Curriculum | null;
  sections: Section[];
  /** The first of `ends`. */
  notable: Pick<Ends, 'best' | 'worst'>;
  /** Of the tables that have places; absent from a sheet published by an earlier version. */
  ends?: Ends[];
  board: Board | null;
  /** Of an area; null where the number is not known. Absent from a sheet published by an earlier version. */
  leftOut?: LeftOut | null;
  trend: TrendPoint[];
};
