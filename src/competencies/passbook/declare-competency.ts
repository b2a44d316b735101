import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { resolveWords } from '../dictionary/tags.ts';
import type { DeclarationInput } from '../schema.ts';
import { declarationsOf, markWithdrawn, replaceDeclaration } from '../stores/declarations.ts';
import { allCompetencies, type Competency } from '../stores/dictionary.ts';

/** A person's own statement of a competency, with what it rests on; replaces the one made before. */
export async function declareCompetency(
  ctx: Ctx,
  input: DeclarationInput,
): Promise<{ declarationId: string }> {
  const personId = requirePerson(ctx);
  const competency = await offeredCompetency(ctx, input.competency);
  const declarationId = newId();
  await ctx.db.transaction(async (tx) => {
    const { competencyId } = competency;
    const { level, note } = input;
    const made = { personId, declarationId, competencyId, level, note, now: ctx.clock.now() };
    if (!(await replaceDeclaration(tx, made))) throw madeTwice();
    await audit(tx, ctx, {
      action: 'competency_declaration.made',
      subjectKind: 'competency_declaration',
      subjectId: declarationId,
      personId,
      detail: { competency: competency.key, level },
    });
  });
  return { declarationId };
}

/** Takes a statement back; that it was made stays on record. */
export async function withdrawDeclaration(ctx: Ctx, declarationId: string): Promise<void> {
  const personId = requirePerson(ctx);
  await ctx.db.transaction(async (tx) => {
    const found = (await declarationsOf(tx, personId)).find((one) => one.declarationId === declarationId);
    const done = found && (await markWithdrawn(tx, { personId, declarationId, now: ctx.clock.now() }));
    if (!found || !done) throw notFound();
    await audit(tx, ctx, {
      action: 'competency_declaration.withdrawn',
      subjectKind: 'competency_declaration',
      subjectId: declarationId,
      personId,
      detail: { competency: found.key, level: found.level },
    });
  });
}

async function offeredCompetency(ctx: Ctx, word: string): Promise<Competency> {
  const all = (await allCompetencies(ctx.db.read)).filter((one) => one.retiredAt === null);
  const key = resolveWords(all, [word]).get(word);
  const found = all.find((one) => one.key === key);
  if (found) return found;
  const text = { hi: 'यह दक्षता कोश में नहीं है।', en: 'The dictionary has no such competency.' };
  throw invalid([{ path: 'competency', code: 'unknown_competency', text }]);
}

function madeTwice(): Refusal {
  const text = { hi: 'यह घोषणा अभी-अभी की जा चुकी है।', en: 'This was declared a moment ago.' };
  return new Refusal('conflict', text, { reason: 'declared_at_once' });
}
