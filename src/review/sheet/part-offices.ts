import { nodeFigures } from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { officeByCode } from '../../organisations/index.ts';
import { sheetNotFound } from '../policy.ts';
import { officesAtBounds } from '../stores/districts.ts';
import { keptSheet } from './kept-sheet.ts';
import { lineOf, plainFigures } from './line.ts';
import { ranked } from './rank.ts';
import type { SheetWish } from './review-sheet.ts';
import type { Line, Named, Sheet } from './shape.ts';

/** A district or division on an office's sheet whose people stand in several of its offices. */
export type PartKind = 'districts' | 'divisions';

export type PartOffices = {
  sheet: Sheet;
  /** Of the table of the sheet: each person once. */
  whole: Line;
  /** The highest of the office's own there, each by its own figures. */
  lines: Line[];
  /** Below those, but elsewhere: in their figures, and taken off the whole. */
  elsewhere: Named[];
};

/** The offices that one line of a department's districts or divisions is added up from. */
export async function partOffices(
  ctx: Ctx,
  wish: SheetWish,
  part: { of: PartKind; code: string },
): Promise<PartOffices> {
  const sheet = await keptSheet(ctx, 'office', wish);
  const section = sheet.sections.find(({ key }) => key === part.of);
  const whole = section?.lines.find(({ code, opens }) => code === part.code && opens?.node !== 'area');
  const office = await officeByCode(ctx, wish.code);
  if (!whole || !office) throw sheetNotFound();
  const found = await officesAtBounds(ctx.db.read, office.officeId, {
    kind: part.of === 'districts' ? 'district' : 'division',
    code: part.code,
  });
  const { asOf, compareOn, rankedBy } = sheet;
  const taken = found.filter(({ sign }) => sign === 1);
  const nodeIds = taken.map(({ officeId }) => officeId);
  const [now, before] = await Promise.all([
    nodeFigures(ctx, { nodeIds, asOf }),
    compareOn ? nodeFigures(ctx, { nodeIds, asOf: compareOn }) : undefined,
  ]);
  const lines = taken.flatMap(({ officeId, code, nameHi, nameEn }) => {
    const own = now.get(officeId);
    if (!own) return [];
    const opens = { node: 'office', code } as const;
    const counted = { figures: plainFigures(own), masked: own.masked };
    return [lineOf({ ...{ code, nameHi, nameEn, opens }, now: counted, before: before?.get(officeId) })];
  });
  const elsewhere = found.filter(({ sign }) => sign === -1);
  return { sheet, whole, lines: ranked(lines, rankedBy), elsewhere };
}
