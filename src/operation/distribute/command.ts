import { Refusal } from '../../kernel/errors.ts';
import type { Command, CommandLine, Runtime } from '../../kernel/feature.ts';
import { type CitusState, citusState, spreadTables, tableFacts } from './catalogue-store.ts';
import { type Obstacle, obstaclesOf } from './check.ts';
import { classified } from './classes.ts';
import { type Step, stepsOf } from './statements.ts';

/** `daksh distribute`: the same schema over several machines, by Citus. */
export const distributeCommand: Command = {
  name: 'distribute',
  usage:
    'distribute --check [--concurrently] [--json]: what would not spread over machines, and the statements; without --check: spread (Citus)',
  async run(_ctx, line, runtime) {
    const facts = await tableFacts(runtime.db.read);
    const obstacles = obstaclesOf(facts, classified);
    const way = line.flags['concurrently'] ? 'concurrently' : 'at once';
    const steps = stepsOf(facts, classified, { way });
    if (line.flags['check']) return tellCheck(line, { obstacles, steps });
    if (obstacles.length > 0) {
      tellObstacles(line, obstacles);
      return 1;
    }
    const state = await citusState(runtime.db.read);
    refuseUnready(state);
    return spread(line, runtime, steps);
  },
};

function tellCheck(line: CommandLine, found: { obstacles: Obstacle[]; steps: Step[] }): number {
  const status = found.obstacles.length > 0 ? 1 : 0;
  if (line.flags['json']) {
    line.print(JSON.stringify({ classes: classified, ...found }));
    return status;
  }
  tellObstacles(line, found.obstacles);
  for (const step of found.steps) line.print(`${step.statement};`);
  return status;
}

function tellObstacles(line: CommandLine, obstacles: Obstacle[]): void {
  for (const { table, problem } of obstacles) line.printError(`✗ ${table}: ${problem}`);
  line.printError(
    obstacles.length === 0
      ? '✓ सब तालिकाएँ कई मशीनों पर बाँटी जा सकती हैं। / All tables can be spread over machines.'
      : `${obstacles.length} बाधाएँ; पहले इन्हें हटाएँ (docs/growth.md)। / ${obstacles.length} obstacles; remove them first (docs/growth.md).`,
  );
}

/** Nothing is begun where the end cannot be reached. */
function refuseUnready(state: CitusState): void {
  if (!state.isInstalled)
    throw refusal(
      'इस डेटाबेस में Citus एक्सटेंशन नहीं है; कुछ भी बदला नहीं गया। docs/growth.md देखें, या --check से कथन देखें।',
      'This database has no Citus extension; nothing was changed. See docs/growth.md, or look at the statements with --check.',
    );
  if (!state.hasCoordinator || state.workers === 0)
    throw refusal(
      'Citus में समन्वयक (citus_set_coordinator_host) और कम से कम एक worker (citus_add_node) जोड़ें; कुछ भी बदला नहीं गया।',
      'Add the coordinator (citus_set_coordinator_host) and at least one worker (citus_add_node) to Citus; nothing was changed.',
    );
}

function refusal(hi: string, en: string): Refusal {
  return new Refusal('conflict', { hi, en }, { reason: 'citus_not_ready' });
}

/** Statement by statement, since some cannot run in a transaction; a second run goes on after the last. */
async function spread(line: CommandLine, runtime: Runtime, steps: Step[]): Promise<number> {
  const done = await spreadTables(runtime.db.read);
  const client = await runtime.db.bulk.connect();
  try {
    for (const step of steps.filter((one) => !done.has(one.table))) {
      line.printError(`${step.statement};`);
      await client.query(step.statement);
    }
  } finally {
    client.release();
  }
  line.printError('सब तालिकाएँ बाँट दी गईं। / All tables are spread.');
  return 0;
}
