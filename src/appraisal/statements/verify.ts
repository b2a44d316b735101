import { createHash, KeyObject, verify } from 'node:crypto';
import { publicKey } from '../../credentials/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { numbersAfter, type Statement } from '../stores/statements.ts';
import type { StatementContent } from './content.ts';

/**
 * row: whole and signed, but it says another number, year or forerunner than the row it stands in. totals: what lists
 * read beside the signed content is not what the content says.
 */
export type Fault = 'digest' | 'key' | 'signature' | 'row' | 'totals';

/** What is wrong with a statement as it is kept; undefined where it is whole. */
export async function faultOf(ctx: Ctx, statement: Statement): Promise<Fault | undefined> {
  const digest = createHash('sha256').update(statement.content).digest('hex');
  if (digest !== statement.digest) return 'digest';
  const key = await publicKey(ctx.db, statement.keyId);
  if (!key) return 'key';
  const signature = Buffer.from(statement.signature, 'base64');
  const isRight = verify(null, Buffer.from(statement.content), KeyObject.from(key), signature);
  if (!isRight) return 'signature';
  const said = JSON.parse(statement.content) as StatementContent;
  const isItsOwn =
    said.number === statement.statementNo &&
    said.year === statement.year &&
    (said.replaces?.number ?? null) === statement.replacesNo;
  if (!isItsOwn) return 'row';
  const { totals } = said;
  const isSame = totals.minutes === statement.minutes && totals.days === statement.trainingDays;
  return isSame ? undefined : 'totals';
}

export type Verified = { checked: number; faults: { statementNo: string; fault: Fault }[] };

/** Every statement of a subtree and year, replaced ones too. */
export async function verifyStatements(
  ctx: Ctx,
  of: { officeIds: string[]; year?: string },
): Promise<Verified> {
  const found: Verified = { checked: 0, faults: [] };
  for (let after = ''; ; ) {
    const some = await numbersAfter(ctx.db.read, { ...of, after, limit: 1000 });
    const last = some.at(-1);
    if (!last) return found;
    for (const statement of some) {
      const fault = await faultOf(ctx, statement);
      if (fault) found.faults.push({ statementNo: statement.statementNo, fault });
    }
    found.checked += some.length;
    after = last.statementNo;
  }
}
