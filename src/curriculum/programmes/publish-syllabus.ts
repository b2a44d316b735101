import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { type Day, todayInIndia } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import { type Missing, missingIn, type Part, rulesFor, type Subject } from '../rules/compliance.ts';
import { sourcesOf } from '../rules/scene.ts';
import {
  lockProgramme,
  markPublished,
  type ProgrammeRow,
  type SyllabusRow,
  syllabiOf,
} from '../stores/programmes.ts';
import { allRules } from '../stores/rules.ts';
import { ruleBlocks } from '../words.ts';
import { ownProgramme } from './save-programme.ts';
import { closedAlready } from './save-syllabus.ts';

/**
 * Puts the draft in force from today on. What a warning rule misses is answered and recorded with the act; what
 * a blocking rule misses refuses it (`conflict`, reason `curriculum_rule`, the parts in its details).
 */
export async function publishSyllabus(ctx: Ctx, code: string): Promise<Missing[]> {
  const programme = await ownProgramme(ctx, code);
  const day = todayInIndia(ctx.clock);
  return ctx.db.transaction(async (tx) => {
    await lockProgramme(tx, programme.programmeId);
    const { draft, missing } = await readyDraft(tx, programme, day);
    const version = await markPublished(tx, {
      syllabusId: draft.syllabusId,
      day,
      by: personIdOf(ctx.actor) ?? null,
    });
    await audit(tx, ctx, {
      action: 'syllabus.published',
      subjectKind: 'programme',
      subjectId: code,
      officeId: programme.officeId,
      detail: { version, missing: missing.map(({ tag }) => tag) },
    });
    return missing;
  });
}

/** What the publication would answer, or refuse, today; nothing is written. */
export async function previewSyllabus(ctx: Ctx, code: string): Promise<Missing[]> {
  const programme = await ownProgramme(ctx, code);
  return (await readyDraft(ctx.db.read, programme, todayInIndia(ctx.clock))).missing;
}

async function readyDraft(
  db: Reads | Tx,
  programme: ProgrammeRow,
  day: Day,
): Promise<{ draft: SyllabusRow; missing: Missing[] }> {
  if (programme.closedOn) throw closedAlready();
  const draft = (await syllabiOf(db, programme.programmeId)).find((one) => one.state === 'draft');
  if (!draft) throw notFound();
  if (draft.parts.length === 0) throw nothingInIt();
  const missing = await missingToday(db, {
    ...{ kind: 'programme', officePath: programme.officePath, parts: draft.parts, day },
  });
  refuseBlocked(missing);
  return { draft, missing };
}

/** What the rules of the day miss in parts that are about to be put in force. */
export async function missingToday(
  db: Reads | Tx,
  at: Pick<Subject, 'kind' | 'officePath'> & { parts: readonly Part[]; day: string },
): Promise<Missing[]> {
  const rules = rulesFor(await allRules(db), at, at.day);
  return missingIn(at.parts, { rules, sources: await sourcesOf(db, at.parts), day: at.day });
}

export function refuseBlocked(missing: readonly Missing[]): void {
  const blocking = missing.filter(({ rule }) => rule.enforcement === 'blocking');
  if (blocking.length > 0) throw ruleBlocks(blocking);
}

export function nothingInIt() {
  const text = { hi: 'पहले कम से कम एक भाग जोड़ें।', en: 'Add one part at least, first.' };
  return invalid([{ path: 'course', code: 'nothing_in_it', text }], text);
}
