import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Command, CommandLine } from '../../kernel/feature.ts';
import { digestOf } from '../../kernel/ids.ts';
import { makeToken } from './make-token.ts';
import { revokeToken } from './store.ts';

/** `daksh token`: prints the token and nothing else on standard output. */
export const tokenCommand: Command = {
  name: 'token',
  usage:
    'token OFFICE_CODE --role ROLE | token --person EMPLOYEE_CODE [--days N] | token --revoke TOKEN: an API token',
  async run(ctx, line) {
    const { role, person, revoke, days } = line.flags;
    if (typeof revoke === 'string') return revokeOne(ctx, revoke);
    const expiry = { days: days === undefined ? undefined : Number(days) };
    const officeCode = line.args[0];
    if (typeof person === 'string') line.print(await makeToken(ctx, { employeeCode: person, ...expiry }));
    else if (officeCode && typeof role === 'string')
      line.print(await makeToken(ctx, { officeCode, role, ...expiry }));
    else return explain(line);
    return 0;
  },
};

function explain(line: CommandLine): number {
  line.printError(`daksh ${tokenCommand.usage}`);
  return 1;
}

async function revokeOne(ctx: Ctx, token: string): Promise<number> {
  await ctx.db.transaction(async (tx) => {
    const id = await revokeToken(tx, digestOf(token), ctx.clock.now());
    if (!id) throw notFound({ hi: 'यह टोकन चालू नहीं है।', en: 'This token is not in force.' });
    await audit(tx, ctx, { action: 'token.revoked', subjectKind: 'api_token', subjectId: id });
  });
  return 0;
}
