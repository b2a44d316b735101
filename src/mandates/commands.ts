import { readFile } from 'node:fs/promises';
import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { Refusal } from '../kernel/errors.ts';
import type { Command, CommandLine } from '../kernel/feature.ts';
import { formatNumber } from '../kernel/numbers.ts';
import { checkMandate, commitMandate, type MandateImport } from './import-mandate.ts';
import { asOfDay, mandateFigures } from './mandate-summary.ts';
import { readOrderText } from './rules/order-file.ts';
import { settleMandates } from './settle.ts';

export const mandateCommand: Command = {
  name: 'mandate',
  usage: 'mandate ORDER_NUMBER --office CODE [--as-of DATE] [--json]: आदेश की स्थिति / where an order stands',
  async run(ctx, line) {
    const [number] = line.args;
    const office = line.flags['office'];
    if (!number || typeof office !== 'string') throw needed();
    const flag = line.flags['as-of'];
    const asOf = typeof flag === 'string' ? flag : undefined;
    await settleMandates(ctx);
    const figures = await mandateFigures(ctx, { number, office, asOf });
    if (line.flags['json']) line.print(JSON.stringify(figures));
    else {
      if (asOfDay(ctx, asOf) > todayInIndia(ctx.clock)) line.print(lookAhead);
      const n = (value: number) => formatNumber(value, 'hi');
      line.print(
        `बाध्य / bound ${n(figures.bound)}: पूर्ण / met ${n(figures.met)}, विलंब से पूर्ण / met late ${n(figures.metLate)}, शेष / open ${n(figures.open)}, समय-सीमा बीती / overdue ${n(figures.overdue)}, छूट / exempt ${n(figures.exempt)}`,
      );
    }
    return 0;
  },
};

const lookAhead = 'आगे की तिथि: आज तक दर्ज बातों से / a day to come, by what is recorded today';

function needed(): Refusal {
  return new Refusal('invalid', {
    hi: 'आदेश संख्या और --office कोड दें।',
    en: 'Give the order number and --office CODE.',
  });
}

/** `daksh import mandate FILE`: one order, looked at or put in force; exit status as of the other imports. */
export async function importMandate(ctx: Ctx, line: CommandLine): Promise<number> {
  const [, path] = line.args;
  const file = readOrderText(await textOf(path));
  const isCommit = line.flags['commit'] !== undefined;
  const result = isCommit ? await commitMandate(ctx, file) : await checkMandate(ctx, file);
  if (line.flags['json']) line.print(JSON.stringify(result));
  else line.print(describe(result));
  return 0;
}

async function textOf(path: string | undefined): Promise<string> {
  if (!path)
    throw new Refusal('invalid', { hi: 'फ़ाइल का नाम दें।', en: 'Name the file.' }, { reason: 'file_needed' });
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new Refusal(
      'invalid',
      { hi: `फ़ाइल पढ़ी नहीं जा सकी: ${path}`, en: `The file cannot be read: ${path}` },
      { reason: 'unreadable_file' },
    );
  }
}

function describe(result: MandateImport): string {
  const n = (value: number) => formatNumber(value, 'en');
  const overlaps = result.overlaps.map(
    (one) =>
      `साथ ही लागू / overlaps ${one.number}: ${n(one.persons)} कार्मिक / people; दोनों में गिने जाने वाले कोर्स / courses that count for both: ${one.anyCourse ? 'कोई भी / any' : one.courses.join(', ') || '-'}${one.sharesDays ? '; प्रशिक्षण के वही दिन / the same days at training' : ''}`,
  );
  const warnings = result.warnings.map((one) => `ध्यान दें / note: ${one.code} (${one.sample.join(', ')})`);
  const outcome = result.unchanged
    ? 'कुछ नया नहीं / nothing new'
    : result.committed
      ? 'आदेश लागू / the order is in force'
      : 'केवल जाँच; लागू करने के लिए --commit / a dry run; add --commit to put it in force';
  return [
    `आदेश / order ${result.number}`,
    `बाध्य / bound ${n(result.bound)}, पहले से पूर्ण / met already ${n(result.alreadyMet)}, छूट / exempt ${n(result.exempt)}, लागू होते ही समय-सीमा बीती / overdue at once ${n(result.overdue)} (${result.asOf})`,
    ...overlaps,
    ...warnings,
    outcome,
  ].join('\n');
}
