import type { RawBuilder } from 'kysely';
import type { Sight } from '../../insight/index.ts';
import type { Day } from '../../kernel/dates.ts';
import type { Bilingual, Language } from '../../kernel/i18n.ts';

export type Sql = RawBuilder<unknown>;

/** Where something stands, told by the office: that itself, the one right below the report's, and those above it. */
export type PlaceId = 'office' | 'below' | 'department' | AreaKind;
export type AreaKind = 'district' | 'division';

/** What a row must bring beside its keys; each costs a join, so it is asked for only where it is shown. */
export type Need =
  | 'learning'
  | 'begun'
  | 'class'
  | 'posting'
  | 'firsts'
  | 'classroom'
  | 'topics'
  | 'course'
  | 'day'
  | 'minutes';

/** People by key: after one, up to and with another, open where null; of all, of those ever posted at or below an office, or these. */
export type Range = {
  afterId: string | null;
  untilId: string | null;
  postedBelow?: string | undefined;
  ids?: readonly string[] | undefined;
};

/**
 * Digests of everybody as they are kept, but for some whose facts are read: `touched`, and beside these `outdated`.
 * `hasLater`: some completions may be after the day asked for.
 */
export type Digests = { touched: readonly string[]; outdated: readonly string[]; hasLater: boolean };

export type RowsWish = {
  office: { officeId: string; path: readonly string[] };
  asOf: Day;
  /** The first day of what happened (completions, sessions); null: from the beginning. */
  from: Day | null;
  /** The order whose standings are read. */
  sheetId: string | null;
  /** Null: everybody. Of lists alone. */
  sight?: Sight | null;
  needs: ReadonlySet<Need>;
  /** Places that a person is counted at, each once; where there is none he is counted once. */
  countedAt: readonly PlaceId[];
  /** Places that are only told of each row. */
  told: readonly PlaceId[];
  /** Only offices that stand in one of the areas of each of these (codes of the directory). */
  areas: readonly { kind: AreaKind; codes: readonly string[] }[];
  range?: Range;
  /** Rows are summed, not listed: a person's class is that of his primary posting, wherever it is. */
  isSummed?: boolean;
  /** The office is the only root: every office is at or below it. */
  isWhole?: boolean;
  /** People by ranges of their keys: work on many is parted by them. */
  parts?: readonly Range[];
  /** Rows are those of digests, not of the facts. */
  digests?: Digests | undefined;
  /** Of digests: those of so many per cent of the table's pages. */
  sample?: number;
};

/**
 * A key that a subject's rows `r` are told apart by. `key` is what they are grouped by; `names` (rows of `id, code,
 * hi, en`) is joined when all is summed; `words` are those of fixed keys.
 */
export type Dimension = {
  id: string;
  name: Bilingual;
  key: Sql;
  place?: PlaceId;
  needs?: readonly Need[];
  names?: Sql;
  /** Its things have codes, shown beside their names. */
  hasCode?: true;
  words?: Readonly<Record<string, Bilingual>>;
  /** Its groups stand in the order of its words, whatever their figures. */
  isOrdered?: true;
  /** Keys without words may come as well and stand for themselves. */
  hasOtherKeys?: true;
  /** Rows of `value, hi, en`: what `filter` takes, and its names, by each of which it may be said; one may say several. */
  said?: Sql;
  /** Of these what an office and those below it have: looked at first for what a mistyped word may mean. */
  saidHere?(office: RowsWish['office']): Sql;
  /** Rows of `raw, key`: what each key stands for, joined when it is summed; several where it counts under each. */
  stands?: Sql;
  /** Whether a row can stand under several keys, so that the groups do not add up to the whole. */
  isManifold?: true;
  /** What `key` is made of it when it is summed, row by row of the sums. */
  of?(key: Sql): Sql;
  /**
   * In place of these where rows are those of digests, which have short keys. `kinds`: rows of `number, kind`; the key
   * is then the kind that its number is of, looked up beforehand, so that few sums are made where kinds are few.
   */
  ofDigests?: Pick<Dimension, 'key' | 'of' | 'stands' | 'filter'> & { kinds?: Sql };
  /** A period's first day. */
  period?: 'month' | 'week' | 'day' | 'year';
  /** Known of each row of a list only. */
  isListOnly?: true;
  /** What a list shows of it, where that is not its name or its key. */
  column?: { sql(language: Language): Sql; joins: readonly Join[] };
  /** In place of `filter`: its values are such areas, which narrow the offices. */
  area?: AreaKind;
  /** A condition over `r`: one of these values, which are found by `said` or stand in `words`. */
  filter?(values: readonly string[]): Sql;
  /** What is said where the key is null. */
  none?: Bilingual;
};

export type ColumnType = 'text' | 'number' | 'day';

/** A column of a list, one row each: an expression over `r` and the tables joined to it. */
export type ListColumn = {
  id: string;
  name: Bilingual;
  type: ColumnType;
  sql: Sql;
  needs?: readonly Need[];
  joins?: readonly Join[];
  isPersonal?: true;
  /** Told only of people within the reader's sight. */
  isOfSight?: true;
};

export type Join = 'sight' | 'person' | 'office' | 'course';

export type Measure = {
  id: string;
  /** Of the metric catalogue. */
  name: Bilingual;
  kind: 'count' | 'minutes' | 'percent' | 'ratio';
  parts: readonly string[];
  of(parts: Readonly<Record<string, number>>): number | null;
};

/**
 * `isOfRepeats`: over `repeats` instead of `rows`; `ofDigests` over rows of digests, which know repeats and stand for
 * `times` completions each.
 */
export type Sum = { sql: Sql; needs?: readonly Need[]; isOfRepeats?: true; ofDigests?: Sql };

export type SubjectId = 'people' | 'completions' | 'orders' | 'courses' | 'attendance';

export type Subject = {
  id: SubjectId;
  name: Bilingual;
  /** One line: what a row is, and by which rule it counts. */
  lead: Bilingual;
  dimensions: readonly Dimension[];
  columns: readonly ListColumn[];
  measures: readonly Measure[];
  /** Sums over `r`, by name. */
  sums: Readonly<Record<string, Sum>>;
  /** Whether it counts where people were posted when they learnt; the review sheet and `people` go by today's roster. */
  isOfActivity?: true;
  /** Whether each row is about a person, so that lists are for those who read names. */
  isAboutPersons: boolean;
  /** Whether it happened on days, so that a first day may be given. */
  hasPeriod: boolean;
  rows(wish: RowsWish): Sql;
  /** The same in parts, each summed by itself: where one must be sorted, workers share the other. */
  inParts?(wish: RowsWish): Sql[];
  /** Those of the rows that do not count as new: few, found and summed by themselves. */
  repeats?(wish: RowsWish): Sql;
  /** Whether groups over many people are summed range by range: where rows are told apart by person. */
  isSplit: boolean;
  /** The order of a list's rows, by which it is read in portions; a column of `r`. */
  listKey: 'person_id' | 'course_id';
};
