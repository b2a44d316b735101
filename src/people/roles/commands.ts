import type { Ctx } from '../../kernel/context.ts';
import { parseDay } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Command, CommandLine } from '../../kernel/feature.ts';
import { resetSecondFactor } from '../sign-in/help-person.ts';
import { makeSlip } from '../sign-in/make-slip.ts';
import { personOfCode } from '../tokens/store.ts';
import { grantRole } from './grant-role.ts';

/** For the first operator, who has nobody above him to give the role. */
export const appointCommand: Command = {
  name: 'appoint',
  usage:
    'appoint EMPLOYEE_CODE --role ROLE --office CODE [--until DATE]: gives a role; a slip for the first sign-in is printed',
  async run(ctx, line) {
    const { role, office, until } = line.flags;
    const employeeCode = line.args[0];
    if (!employeeCode || typeof role !== 'string' || typeof office !== 'string') return explain(line, this);
    const endsOn = typeof until === 'string' ? (parseDay(until) ?? until) : undefined;
    const given = await grantRole(ctx, { employeeCode, role, officeCode: office, kind: 'open', endsOn });
    if (!given.hasPassword) await printSlip(ctx, line, given.personId);
    line.printError(`भूमिका दे दी गई / The role is given: ${role}`);
    return 0;
  },
};

export const slipCommand: Command = {
  name: 'slip',
  usage: 'slip EMPLOYEE_CODE: prints the key of a sign-in slip, valid for 14 days and once',
  async run(ctx, line) {
    if (!line.args[0]) return explain(line, this);
    await printSlip(ctx, line, await personOf(ctx, line.args[0]));
    return 0;
  },
};

export const secondFactorResetCommand: Command = {
  name: 'second-factor-reset',
  usage: 'second-factor-reset EMPLOYEE_CODE: for who lost both telephone and recovery codes',
  async run(ctx, line) {
    if (!line.args[0]) return explain(line, this);
    await resetSecondFactor(ctx, await personOf(ctx, line.args[0]));
    return 0;
  },
};

async function personOf(ctx: Ctx, code: string): Promise<string> {
  const personId = await personOfCode(ctx.db, code);
  if (personId) return personId;
  throw notFound({ hi: 'इस कर्मचारी कोड का कार्मिक नहीं मिला।', en: 'No person has this employee code.' });
}

async function printSlip(ctx: Ctx, line: CommandLine, personId: string): Promise<void> {
  const slip = await makeSlip(ctx, personId);
  const path = `${ctx.config.baseUrl}/sign-in/slip`;
  line.printError(`${path}\nपर्ची की कुंजी, ${slip.expiresAt.toISOString()} तक / Key of the slip, until then:`);
  line.print(slip.key);
}

function explain(line: CommandLine, command: Command): number {
  line.printError(`daksh ${command.usage}`);
  return 1;
}
