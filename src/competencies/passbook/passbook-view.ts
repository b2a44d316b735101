import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { declarationsOf } from '../stores/declarations.ts';
import { allCompetencies } from '../stores/dictionary.ts';
import { evidenceOf } from './evidence.ts';
import { type Passbook, passbookOf } from './rules.ts';

export async function ownPassbook(ctx: Ctx): Promise<Passbook> {
  return passbookOfPerson(ctx, requirePerson(ctx));
}

/** Of anybody: the caller has checked that the actor may see the person. */
export async function passbookOfPerson(ctx: Ctx, personId: string): Promise<Passbook> {
  const [dictionary, evidence, declarations] = await Promise.all([
    allCompetencies(ctx.db.read),
    evidenceOf(ctx, personId),
    declarationsOf(ctx.db.read, personId),
  ]);
  return passbookOf(dictionary, { evidence, declarations });
}
