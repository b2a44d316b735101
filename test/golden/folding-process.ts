import { foldSome } from '../../src/insight/stores/counters.ts';
import { openDb } from '../../src/kernel/db.ts';

// A process that folds a few deltas at a time until it is killed: `node folding-process.ts DATABASE_URL`.
const db = openDb(process.argv[2] ?? '');
process.stdout.write('folding\n');
for (;;) await foldSome(db, 3);
