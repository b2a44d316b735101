import type { RawBuilder } from 'kysely';
import type { Ctx } from '../context.ts';
import type { Tx } from '../db.ts';
import type { Bilingual } from '../i18n.ts';
import type { ColumnSpec, TableFormat } from '../tabular/index.ts';

export type ImportOptions = {
  /** The whole roster of `office`'s subtree: what is not listed ends. */
  complete: boolean;
  allOrNothing: boolean;
  allowManyEnded: boolean;
  officeId?: string;
  officeCode?: string;
};

/** What the importer may touch: the ids of offices, '*' among them for everywhere. */
export type ImportScope = { scopes: string[]; officeId?: string };

/** What a row's cells become: values for the staging columns, in their order, and what is wrong with it. */
export type ReadRow = { values: (string | null)[]; faults: string[]; warnings: string[] };
export type ReadEnv = {
  today: string;
  format: TableFormat;
  /** Whether the file has the column at all: an empty cell may say something that an absent column does not. */
  has(column: string): boolean;
};

/** One run of the difference (and the commit) over a staged file. */
export type ImportRun = {
  ctx: Ctx;
  importId: string;
  /** Staged rows and, beside them, `(line, fault)` of what the comparison refuses; both quoted names. */
  rowTable: string;
  faultTable: string;
  /** How many rows were read, and how many of these are refused as they stand. */
  rows: number;
  unreadable: number;
  today: string;
  options: ImportOptions;
  scopes: string[];
  /**
   * UUIDs of version 7 for rows made by a set: an SQL expression that counts up, by another SQL expression (a
   * line number), from a random beginning. The same `series` gives the same id for the same count.
   */
  id(series: string, count: string): RawBuilder<string>;
  /** Tells a page that waits how much of the work is done, 0 to 1; does not wait until it is told. */
  advance(share: number): void;
};

export type ImportCounts = {
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  ended: number;
  rejected: number;
};

export type Comparison = ImportCounts & {
  /** Further figures for the JSON and the page: postings that took the import's day, rows that wait. */
  more: Record<string, number>;
  samples: ImportSamples;
  /** What the importer should know of rows that are taken all the same. */
  warnings?: ImportWarning[];
  /** Present where a whole roster would end many: how many of how many. */
  endedOf?: { ended: number; open: number };
};

/** A note with how many rows it is about, and some of the values. */
export type ImportWarning = { code: string; count: number; sample?: string[] };

/** One column's value, known and given; `null` where there is none. */
export type SampleFact = { column: string; from: string | null; to: string | null };

/** Some rows of each outcome: `detail` in words that any page can print, or what changes, by column. */
export type SampleRow = {
  line: number | null;
  title: string;
  detail: string;
  facts?: SampleFact[] | null;
  reason?: Bilingual;
};
export type ImportSamples = Partial<
  Record<'added' | 'changed' | 'ended' | 'rejected' | 'datedToday' | 'leftOut', SampleRow[]>
>;

/** What stands in the way of an undo: named in the refusal. */
export type Dependent = { kind: string; name: string; count: number };

/** What may be imported: registered by the feature whose facts it brings. */
export type ImportKind = {
  name: string;
  columns: readonly ColumnSpec[];
  /** What a cell of a column may hold, for whoever fills a file: an example, or the words that are understood. */
  examples?: Readonly<Record<string, Bilingual>>;
  /** Staging columns and their SQL types, in the order of `ReadRow.values`. */
  staging: Readonly<Record<string, 'text' | 'date' | 'integer' | 'timestamptz' | 'text[]'>>;
  /** Words for this kind's own faults; the common ones are the kernel's. */
  faults: Readonly<Record<string, Bilingual>>;
  read(values: readonly string[], env: ReadEnv): ReadRow;
  /** Refuses an actor who may not import this kind, else says what he may touch. */
  authorise(ctx: Ctx, office: string | undefined): Promise<ImportScope>;
  /** Whether this actor's offices cover all that an import (its offices; null: everywhere) might touch. */
  covers(ctx: Ctx, scopeOfficeIds: string[] | null): Promise<boolean>;
  /** Before a commit compares, or an undo looks what rests on it: what must stand still until its transaction ends. */
  hold?(tx: Tx): Promise<void>;
  /** Computes the difference by sets, in temporary tables; fills the fault table; writes no fact. */
  compare(tx: Tx, run: ImportRun): Promise<Comparison>;
  /** Writes what `compare` has just computed, in the same transaction. */
  apply(tx: Tx, run: ImportRun): Promise<void>;
  /** What was built upon this import since; nothing when it can be taken back. */
  dependents(tx: Tx, run: ImportRun): Promise<Dependent[]>;
  takeBack(tx: Tx, run: ImportRun): Promise<void>;
};

const kinds = new Map<string, ImportKind>();

/** A feature offers its kind of import in `prepare`. */
export function registerImportKind(kind: ImportKind): void {
  kinds.set(kind.name, kind);
}

export function findImportKind(name: string): ImportKind | undefined {
  return kinds.get(name);
}

export function importKinds(): ImportKind[] {
  return [...kinds.values()];
}
