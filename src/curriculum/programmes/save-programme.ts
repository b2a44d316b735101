import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { mayAt, officeGiven, rolesReading, rolesTeaching } from '../policy.ts';
import type { ProgrammeInput } from '../schema.ts';
import {
  closeProgrammeFrom,
  insertProgramme,
  type ProgrammeRow,
  programmeByCode,
} from '../stores/programmes.ts';
import { titleNeeded } from '../words.ts';

/** Enters a programme of an institute, which is an office; its syllabus comes as a version of its own. */
export async function createProgramme(ctx: Ctx, input: ProgrammeInput): Promise<void> {
  const office = await officeGiven(ctx, input.officeCode, rolesTeaching);
  if (!input.titleHi && !input.titleEn) throw titleNeeded();
  const { code, titleHi = null, titleEn = null } = input;
  const row = { programmeId: newId(), code, officeId: office.officeId, titleHi, titleEn };
  await ctx.db.transaction(async (tx) => {
    const stamp = { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null };
    if (!(await insertProgramme(tx, row, stamp))) throw codeTaken();
    await audit(tx, ctx, {
      action: 'programme.saved',
      subjectKind: 'programme',
      subjectId: code,
      officeId: office.officeId,
    });
  });
}

/** From today on the programme is no longer offered; its past stays. */
export async function closeProgramme(ctx: Ctx, code: string): Promise<void> {
  const programme = await ownProgramme(ctx, code);
  if (programme.closedOn) return;
  await ctx.db.transaction(async (tx) => {
    await closeProgrammeFrom(tx, programme.programmeId, todayInIndia(ctx.clock));
    await audit(tx, ctx, {
      action: 'programme.closed',
      subjectKind: 'programme',
      subjectId: code,
      officeId: programme.officeId,
    });
  });
}

/** A programme that the actor may change; not visible means not found. */
export async function ownProgramme(ctx: Ctx, code: string): Promise<ProgrammeRow> {
  requireRole(ctx, rolesTeaching);
  const programme = await programmeByCode(ctx.db.read, code);
  if (!programme || !mayAt(ctx, rolesTeaching, programme.officePath)) throw notFound();
  return programme;
}

export async function readProgramme(ctx: Ctx, code: string): Promise<ProgrammeRow> {
  requireRole(ctx, rolesReading);
  const programme = await programmeByCode(ctx.db.read, code);
  if (!programme || !mayAt(ctx, rolesReading, programme.officePath)) throw notFound();
  return programme;
}

function codeTaken(): Refusal {
  const words = { hi: 'यह कोड पहले से है। दूसरा लिखें।', en: 'This code is taken. Write another.' };
  return new Refusal('conflict', words, {
    reason: 'programme_code_taken',
    fields: [{ path: 'code', code: 'programme_code_taken', text: words }],
  });
}
