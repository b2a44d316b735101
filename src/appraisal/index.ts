import type { Feature } from '../kernel/feature.ts';
import { statementCommand } from './commands.ts';
import { runStatements, serveStatements } from './statements/run-job.ts';

/** What a statement says; its canonical JSON is what is signed. */
export type { MandateLine, StatementContent, StatementItem } from './statements/content.ts';
/** Set by whoever knows the orders and training beside courses; both in batches, since a freeze asks for thousands. */
export {
  addStatementItems,
  type ItemSource,
  type MandateTable,
  setMandateTable,
} from './statements/mandate-table.ts';

export const appraisal: Feature = {
  name: 'appraisal',
  jobs: () => ({
    'appraisal:statements': (ctx, payload) => runStatements(ctx, String(payload['jobId'])),
    'appraisal:serve': async (ctx) => {
      await serveStatements(ctx);
    },
  }),
  // At 9:05 in India.
  crontab: ['35 3 * * * appraisal:serve ?max=1'],
  commands: [statementCommand],
};
