import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import {
  type Designation,
  designationById,
  type OfficeRow,
  requireOffice,
} from '../../organisations/index.ts';
import { readTags, resolveWords, tagText } from '../dictionary/tags.ts';
import { rolesSettingNeeds } from '../policy.ts';
import { allCompetencies } from '../stores/dictionary.ts';
import {
  type DesignationNeeds,
  designationsWithNeeds,
  needsSetFor,
  replaceNeeds,
  type SetNeed,
} from '../stores/needs.ts';

export type PostRef = { officeCode: string; designationId: string };
export type NeedsOfPost = { office: OfficeRow; designation: Designation; needs: SetNeed[] };

export async function postsWithNeeds(
  ctx: Ctx,
  asked: { officeCode: string; q: string },
): Promise<{ office: OfficeRow; posts: DesignationNeeds[] }> {
  const office = await requireOffice(ctx, asked.officeCode, rolesSettingNeeds);
  const posts = await designationsWithNeeds(ctx.db.read, { officeId: office.officeId, q: asked.q });
  return { office, posts };
}

export async function needsOfPost(ctx: Ctx, { officeCode, designationId }: PostRef): Promise<NeedsOfPost> {
  const office = await requireOffice(ctx, officeCode, rolesSettingNeeds);
  const designation = await designationById(ctx.db.read, designationId);
  if (!designation) throw notFound();
  const needs = await needsSetFor(ctx.db.read, { officeId: office.officeId, designationId });
  return { office, designation, needs };
}

/** Says what a designation asks for in this office and all below it: `key:level` each, the whole list. */
export async function setNeeds(ctx: Ctx, post: PostRef, words: readonly string[]): Promise<void> {
  const { office, designation, needs: before } = await needsOfPost(ctx, post);
  const needs = await readNeeds(ctx, words);
  await ctx.db.transaction(async (tx) => {
    const { officeId } = office;
    const { designationId } = designation;
    const by = personIdOf(ctx.actor) ?? null;
    await replaceNeeds(tx, { officeId, designationId, needs, now: ctx.clock.now(), by });
    await audit(tx, ctx, {
      action: 'competency.needs_set',
      subjectKind: 'designation',
      subjectId: designationId,
      officeId,
      detail: { before: before.map(tagText), after: needs.map(tagText) },
    });
  });
}

async function readNeeds(ctx: Ctx, words: readonly string[]): Promise<SetNeed[]> {
  const all = await allCompetencies(ctx.db.read);
  const resolved = resolveWords(all, words);
  const tags = readTags([...resolved.values()]);
  const unknown = words.filter((word) => !resolved.has(word));
  const unsaid = tags.filter((tag) => tag.level === null).map((tag) => tag.key);
  if (unknown.length + unsaid.length > 0) throw unclear([...unknown, ...unsaid]);
  const byKey = new Map(all.map((one) => [one.key, one]));
  return tags.flatMap(({ key, level }) => {
    const found = byKey.get(key);
    return found && level ? [{ competencyId: found.competencyId, key, level }] : [];
  });
}

function unclear(words: string[]) {
  const list = words.join('; ');
  const text = {
    hi: `कोश की दक्षता और 1 से 5 का स्तर लिखें: ${list}`,
    en: `Give a competency of the dictionary and a level from 1 to 5: ${list}`,
  };
  return invalid([{ path: 'competencies', code: 'unknown_competency', text }]);
}
