import type { BlueprintChoice, BlueprintFacts } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import type { Db } from '../kernel/db.ts';
import { drawPaper } from './draw-paper.ts';
import { ownBlueprints } from './queries.ts';
import { candidatesIn } from './stores/banks.ts';
import { blueprintByCode } from './stores/blueprints.ts';

/** What courses show of a blueprint in force. */
export async function blueprintFacts(
  db: Pick<Db, 'read'>,
  code: string,
): Promise<BlueprintFacts | undefined> {
  const blueprint = await blueprintByCode(db.read, code);
  if (!blueprint || blueprint.retiredAt) return undefined;
  const { rules } = blueprint;
  const banks = rules.sections.flatMap((section) => section.parts.map((part) => part.bank));
  const { shortages } = drawPaper(rules, await candidatesIn(db.read, banks), { seed: 'check' });
  return {
    passShare: rules.passShare,
    attempts: rules.attempts,
    isReady: shortages.length === 0,
    officePath: blueprint.officePath,
  };
}

/** What an author may choose for a lesson: the blueprints of his offices that are in force. */
export async function blueprintChoices(ctx: Ctx): Promise<BlueprintChoice[]> {
  const standing = (await ownBlueprints(ctx)).filter((one) => !one.retiredAt);
  return standing.map(({ code, titleHi, titleEn, rules }) => ({
    ...{ code, titleHi, titleEn },
    minutes: rules.minutes,
  }));
}
