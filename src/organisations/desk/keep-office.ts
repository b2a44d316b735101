import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, notFound, type Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { searchDocument } from '../../kernel/text/index.ts';
import { type OfficeRow, requireOffice } from '../scope.ts';
import {
  areaOfCode,
  insertOffice,
  keepName,
  lockOffice,
  type OfficeChange,
  updateOffice,
} from '../stores/desk.ts';
import { atOrBelow, movingOffices } from '../stores/moving.ts';
import { holdTree, reshapeTree } from '../stores/tree-locks.ts';
import { rolesKeepingOffices } from './policy.ts';
import type { NewOfficeInput, OfficePatch } from './schema.ts';

/** Changes name, kind, area and sanctioned strength; a name that changes is kept with its days. */
export async function editOffice(ctx: Ctx, input: OfficePatch & { code: string }): Promise<void> {
  const { officeId } = await requireOffice(ctx, input.code, rolesKeepingOffices);
  await ctx.db.transaction(async (tx) => {
    if (input.areaCode !== undefined) await reshapeTree(tx);
    const before = await lockOffice(tx, officeId);
    if (!before) throw notFound();
    const after = await mergedOf(tx, before, input);
    if (after.nameHi !== before.nameHi || after.nameEn !== before.nameEn)
      await keepName(tx, {
        officeId,
        nameHi: after.nameHi,
        nameEn: after.nameEn,
        today: todayInIndia(ctx.clock),
      });
    await writeOffice(tx, before, after);
    await audit(tx, ctx, {
      action: 'office.edited',
      subjectKind: 'office',
      subjectId: officeId,
      officeId,
      detail: { before: shownOf(before), after: shownOf(after) },
    });
  });
}

/** With another area everybody at the office and below is counted there. */
async function writeOffice(tx: Tx, before: OfficeRow, after: OfficeChange): Promise<void> {
  if (after.areaCode === before.areaCode) return updateOffice(tx, after);
  await movingOffices(tx, atOrBelow(before.officeId), () => updateOffice(tx, after));
}

type Described = Pick<OfficeRow, 'nameHi' | 'nameEn' | 'kind' | 'areaCode' | 'strength'>;

function shownOf({ nameHi, nameEn, kind, areaCode, strength }: Described): Described {
  return { nameHi, nameEn, kind, areaCode, strength };
}

async function mergedOf(tx: Tx, before: OfficeRow, input: OfficePatch) {
  const keep = <T>(given: T | undefined, old: T) => (given === undefined ? old : given);
  const nameHi = input.nameHi ?? before.nameHi;
  const nameEn = keep(input.nameEn, before.nameEn);
  const areaCode = keep(input.areaCode, before.areaCode);
  return {
    officeId: before.officeId,
    nameHi,
    nameEn,
    kind: keep(input.kind, before.kind),
    areaCode,
    areaId: await areaIdOf(tx, areaCode),
    strength: keep(input.strength, before.strength),
    searchText: searchDocument([before.code, nameHi, nameEn ?? '']),
  };
}

async function areaIdOf(tx: Tx, code: string | null | undefined): Promise<string | null> {
  if (!code) return null;
  const area = await areaOfCode(tx, code);
  if (!area)
    throw wrong('areaCode', 'unknown_area', {
      hi: `LGD कोड ${code} का कोई क्षेत्र दर्ज नहीं है।`,
      en: `No area with the LGD code ${code} is known.`,
    });
  return area.areaId;
}

function wrong(path: string, code: string, text: { hi: string; en: string }): Refusal {
  return invalid([{ path, code, text }]);
}

/** An office below another, open from today. */
export async function addOffice(ctx: Ctx, input: NewOfficeInput & { parentCode: string }): Promise<string> {
  const parent = await requireOffice(ctx, input.parentCode, rolesKeepingOffices);
  const officeId = newId();
  await ctx.db.transaction(async (tx) => {
    await holdTree(tx);
    const above = await lockOffice(tx, parent.officeId);
    if (!above) throw notFound();
    const isNew = await insertOffice(tx, {
      officeId,
      code: input.code,
      nameHi: input.nameHi,
      nameEn: input.nameEn ?? null,
      parentId: above.officeId,
      path: [...above.path, officeId],
      kind: input.kind ?? null,
      areaCode: input.areaCode ?? null,
      areaId: await areaIdOf(tx, input.areaCode),
      strength: input.strength ?? null,
      validFrom: todayInIndia(ctx.clock),
      searchText: searchDocument([input.code, input.nameHi, input.nameEn ?? '']),
    });
    if (!isNew) throw codeTaken(input.code);
    await audit(tx, ctx, {
      action: 'office.added',
      subjectKind: 'office',
      subjectId: officeId,
      officeId,
      detail: { code: input.code, parent: above.code },
    });
  });
  return input.code;
}

function codeTaken(code: string): Refusal {
  return wrong('code', 'code_taken', {
    hi: `कोड ${code} किसी कार्यालय का पहले से है।`,
    en: `Code ${code} belongs to an office already.`,
  });
}
