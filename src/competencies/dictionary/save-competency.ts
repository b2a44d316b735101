import { isDeepStrictEqual } from 'node:util';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { foldText } from '../../kernel/text/index.ts';
import { requireDictionaryKeeper } from '../policy.ts';
import type { CompetencyInput, NewCompetencyInput } from '../schema.ts';
import {
  allCompetencies,
  type Competency,
  insertCompetency,
  lockedCompetency,
  updateCompetency,
} from '../stores/dictionary.ts';
import { noDescriptors, rememberNames } from './known-names.ts';
import { framework } from './seed-dictionary.ts';

/** Adds an entry to the dictionary; its key is for good. */
export async function addCompetency(ctx: Ctx, input: NewCompetencyInput): Promise<void> {
  await requireDictionaryKeeper(ctx);
  await ctx.db.transaction(async (tx) => {
    const all = await allCompetencies(tx);
    refuseTakenNames(all, input);
    const made = { ...entryOf(input, all), key: input.key };
    if (!(await insertCompetency(tx, made, stampOf(ctx)))) throw keyTaken();
    await noteChange(tx, ctx, { action: 'competency.added', after: made });
  });
}

/** Changes names, kind, order and what the levels mean. */
export async function changeCompetency(ctx: Ctx, key: string, input: CompetencyInput): Promise<void> {
  await requireDictionaryKeeper(ctx);
  await ctx.db.transaction(async (tx) => {
    const before = await lockedCompetency(tx, key);
    if (!before) throw notFound();
    if (input.revision !== undefined && input.revision !== before.revision) throw stale();
    const all = await allCompetencies(tx);
    refuseTakenNames(
      all.filter((one) => one.key !== key),
      input,
    );
    const after = { ...before, ...givenOf(input) };
    if (changedFields(before, after).length === 0) return;
    await updateCompetency(tx, after, stampOf(ctx));
    await noteChange(tx, ctx, { action: 'competency.changed', before, after });
  });
}

/** Offered no more; courses and passbooks that name it keep it. */
export async function retireCompetency(ctx: Ctx, key: string): Promise<void> {
  await setRetired(ctx, key, { action: 'competency.retired', at: ctx.clock.now() });
}

export async function reopenCompetency(ctx: Ctx, key: string): Promise<void> {
  await setRetired(ctx, key, { action: 'competency.reopened', at: null });
}

async function setRetired(ctx: Ctx, key: string, to: { action: string; at: Date | null }): Promise<void> {
  await requireDictionaryKeeper(ctx);
  await ctx.db.transaction(async (tx) => {
    const before = await lockedCompetency(tx, key);
    if (!before) throw notFound();
    if ((before.retiredAt === null) === (to.at === null)) return;
    const after = { ...before, retiredAt: to.at };
    await updateCompetency(tx, after, stampOf(ctx));
    await noteChange(tx, ctx, { action: to.action, before, after });
  });
}

function stampOf(ctx: Ctx) {
  return { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null };
}

function entryOf(input: NewCompetencyInput, all: Competency[]): Omit<Competency, 'key'> {
  const last = Math.max(0, ...all.filter((one) => one.kind === input.kind).map((one) => one.ordinal));
  return {
    competencyId: newId(),
    framework,
    kind: input.kind,
    nameHi: input.nameHi,
    nameEn: input.nameEn,
    subThemes: input.subThemes,
    descriptors: input.descriptors ?? noDescriptors(),
    ordinal: input.ordinal ?? last + 10,
    revision: 1,
    retiredAt: null,
  };
}

/** What was given; what was left out stays as it was. */
function givenOf({ revision: _, ...given }: CompetencyInput): Partial<Competency> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const kept = ['kind', 'nameHi', 'nameEn', 'subThemes', 'descriptors', 'ordinal', 'retiredAt'] as const;

function changedFields(before: Competency, after: Competency): (typeof kept)[number][] {
  return kept.filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

type Noted = { action: string; before?: Competency; after: Competency };

async function noteChange(tx: Tx, ctx: Ctx, { action, before, after }: Noted): Promise<void> {
  rememberNames([after]);
  const changed = before ? changedFields(before, after) : [...kept];
  const only = (one: Competency) => Object.fromEntries(changed.map((name) => [name, one[name]]));
  await audit(tx, ctx, {
    action,
    subjectKind: 'competency',
    subjectId: after.key,
    detail: { changed, ...(before ? { before: only(before) } : {}), after: only(after) },
  });
}

/** Files name competencies by name: two of one name could not be told apart. */
function refuseTakenNames(others: Competency[], input: CompetencyInput): void {
  const taken = new Set(others.flatMap(({ nameHi, nameEn, key }) => [nameHi, nameEn, key].map(foldText)));
  const text = {
    hi: 'इस नाम की दूसरी दक्षता पहले से है।',
    en: 'Another competency has this name already.',
  };
  const fields = (['nameHi', 'nameEn'] as const)
    .filter((name) => taken.has(foldText(input[name])))
    .map((path) => ({ path, code: 'taken', text }));
  if (fields.length > 0) throw invalid(fields, text);
}

function keyTaken(): Refusal {
  const text = { hi: 'यह कुंजी पहले से है।', en: 'This key is taken.' };
  return new Refusal('conflict', text, {
    reason: 'competency_key_taken',
    fields: [{ path: 'key', code: 'competency_key_taken', text }],
  });
}

function stale(): Refusal {
  const text = {
    hi: 'इस बीच किसी और ने यह दक्षता बदली है। नीचे का इतिहास देखें, पृष्ठ फिर खोलें और फिर सहेजें।',
    en: 'Somebody else changed this competency meanwhile. See the history below, open the page again, then save.',
  };
  return new Refusal('conflict', text, { reason: 'stale' });
}
