import type { CollectionHooks, CollectionRow, SavedCollection } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { translator } from '../kernel/i18n.ts';
import { missingToday } from './programmes/publish-syllabus.ts';
import { type Missing, missingOn, type Part } from './rules/compliance.ts';
import { sourcesOf } from './rules/scene.ts';
import { keepCollectionState, lastCollectionState, pathOfCollection } from './stores/collections.ts';
import { allRules } from './stores/rules.ts';
import { subjectsOfKind } from './stores/subjects.ts';
import { missingText, ruleBlocks } from './words.ts';

/** Collections are the catalogue's; here each state of one keeps its day, and the rule is asked. */
export const collectionRule: CollectionHooks = { saved, note };

async function saved(ctx: Ctx, tx: Tx, collection: SavedCollection): Promise<void> {
  const before = await lastCollectionState(tx, collection.collectionId);
  if (collection.state === 'published') {
    const lost = await newlyMissing(ctx, tx, { collection, before: before?.courseIds });
    const wasShown = before?.state === 'published';
    const blocking = (wasShown ? lost.added : lost.all).filter(({ rule }) => rule.enforcement === 'blocking');
    if (blocking.length > 0) throw ruleBlocks(blocking);
  }
  await keepCollectionState(tx, collection, ctx.clock.now());
}

type Change = { collection: SavedCollection; before: readonly string[] | undefined };

/** A collection that is shown already may be mended step by step: only what a step takes away is refused. */
async function newlyMissing(ctx: Ctx, tx: Tx, { collection, before }: Change) {
  const officePath = await pathOfCollection(tx, collection.officeId);
  const at = { kind: 'collection' as const, officePath, day: todayInIndia(ctx.clock) };
  const all = await missingToday(tx, { ...at, parts: partsOf(collection.courseIds) });
  const old = await missingToday(tx, { ...at, parts: partsOf(before ?? []) });
  const isOld = ({ rule, tag }: Missing) =>
    old.some((one) => one.rule.ruleId === rule.ruleId && one.tag === tag);
  return { all, added: all.filter((one) => !isOld(one)) };
}

function partsOf(courseIds: readonly string[]): Part[] {
  return courseIds.map((courseId) => ({ courseId, programmeId: null, tags: [], minutes: 0 }));
}

async function note(ctx: Ctx, { collectionId }: CollectionRow): Promise<string | undefined> {
  const db = ctx.db.read;
  const [subject] = await subjectsOfKind(db, 'collection', [collectionId]);
  if (!subject) return undefined;
  const parts = subject.versions.flatMap((version) => version.parts);
  const [rules, sources] = await Promise.all([allRules(db), sourcesOf(db, parts)]);
  const missing = missingOn(subject, { rules, sources, day: todayInIndia(ctx.clock) });
  if (!missing || missing.length === 0) return undefined;
  const say = { t: translator(ctx.language), language: ctx.language };
  return say.t('curriculum.checkWarn', { missing: missingText(missing, say) });
}
