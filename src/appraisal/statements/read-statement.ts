import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requirePerson, requireRole } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { requireOffice } from '../../organisations/index.ts';
import { isOver, isOwn, requireOver, rolesReading } from '../policy.ts';
import {
  countMerged,
  countStatements,
  type ListedStatement,
  listStatements,
  type StatementFilter,
} from '../stores/desk-list.ts';
import {
  type Statement,
  setVisibility,
  statementByNumber,
  statementsOfPerson,
  type Visibility,
} from '../stores/statements.ts';
import type { StatementContent } from './content.ts';
import { readStatementNumber } from './number.ts';
import { type Preview, previewStatement } from './preview.ts';
import { statementTyped } from './recompute.ts';
import { faultOf } from './verify.ts';

/** A statement, for the person and for who may read it in the subtree; every look at another's is kept. */
export async function readStatement(ctx: Ctx, typed: string): Promise<Statement> {
  const statement = await statementTyped(ctx, typed);
  if (isOwn(ctx, statement)) return statement;
  await requireOver(ctx, statement, rolesReading);
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action: 'statement.viewed',
      subjectKind: 'statement',
      subjectId: statement.statementNo,
      personId: statement.personId,
    }),
  );
  return statement;
}

export function ownStatements(ctx: Ctx): Promise<Statement[]> {
  return statementsOfPerson(ctx.db.read, requirePerson(ctx));
}

/** Of somebody's statements, those that the actor may open: a list of years and numbers, nothing of what they say. */
export async function statementsReadOf(ctx: Ctx, personId: string): Promise<Statement[]> {
  const all = await statementsOfPerson(ctx.db.read, personId);
  const may = await Promise.all(all.map((one) => isOver(ctx, one, rolesReading)));
  return all.filter((_, at) => may[at]);
}

/** The statement of another as it would be today; the look is kept. */
export async function previewOfOther(ctx: Ctx, personId: string, year?: string): Promise<Preview> {
  const scopes = requireRole(ctx, rolesReading);
  if (personIdOf(ctx.actor) === personId) return previewStatement(ctx, personId, year);
  const preview = await previewStatement(ctx, personId, year);
  if (!scopes.includes('*') && !(await isOver(ctx, preview, rolesReading))) throw notFound();
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, { action: 'statement.previewed', subjectKind: 'person', subjectId: personId, personId }),
  );
  return preview;
}

type ListInput = Omit<StatementFilter, 'officeIds'> & { officeCode?: string };
export type StatementList = {
  items: ListedStatement[];
  next: string | null;
  counts: Awaited<ReturnType<typeof countStatements>>;
  /** Of records that were merged into others. */
  merged: number;
};

/** The statements of a year in one's subtree, or in an office within it. */
export async function statementsOfOffice(
  ctx: Ctx,
  { officeCode, ...filter }: ListInput,
): Promise<StatementList> {
  const officeIds = officeCode
    ? [(await requireOffice(ctx, officeCode, rolesReading)).officeId]
    : requireRole(ctx, rolesReading);
  const rows = await listStatements(ctx.db.read, { ...filter, officeIds, limit: filter.limit + 1 });
  const items = rows.slice(0, filter.limit);
  const counts = await countStatements(ctx.db.read, { officeIds, year: filter.year });
  const merged = await countMerged(ctx.db.read, { officeIds, year: filter.year });
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action: 'statement.listed',
      subjectKind: 'office',
      subjectId: officeCode ?? officeIds.join(','),
      detail: { year: filter.year, state: filter.state ?? 'all', shown: items.length },
    }),
  );
  return {
    items,
    counts,
    merged,
    next: rows.length > items.length ? (items.at(-1)?.statementNo ?? null) : null,
  };
}

export async function chooseVisibility(ctx: Ctx, number: string, visibility: Visibility): Promise<void> {
  const statement = await statementTyped(ctx, number);
  if (!isOwn(ctx, statement)) throw notFound();
  await ctx.db.transaction(async (tx) => {
    await setVisibility(tx, statement, visibility);
    await audit(tx, ctx, {
      action: 'statement.visibility_set',
      subjectKind: 'statement',
      subjectId: statement.statementNo,
      personId: statement.personId,
      detail: { visibility },
    });
  });
}

export type PublicCheck = {
  statement: Statement;
  isGenuine: boolean;
  /** Only as far as the holder allows; by default nothing but number and year. */
  shown: Partial<Pick<StatementContent, 'person' | 'totals' | 'items' | 'mandates'>>;
};

/** What anybody who has the number may know. */
export async function checkStatement(ctx: Ctx, typed: string): Promise<PublicCheck | undefined> {
  const number = readStatementNumber(typed);
  const statement = number ? await statementByNumber(ctx.db.read, number) : undefined;
  if (!statement) return undefined;
  const isGenuine = (await faultOf(ctx, statement)) === undefined;
  const { person, totals, items, mandates } = JSON.parse(statement.content) as StatementContent;
  const shown = {
    genuine: {},
    totals: { person, totals },
    items: { person, totals, items, mandates },
  }[isGenuine ? statement.visibility : 'genuine'];
  return { statement, isGenuine, shown };
}
