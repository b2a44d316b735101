import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../src/kernel/project-root.ts';
import { openTestDatabase } from './database.ts';
import { schemaDump, tablesModule } from './schema.ts';

// `npm run schema`: writes what the schema test compares.
const { db, close } = await openTestDatabase();
writeFileSync(join(projectRoot(), 'src/tables.ts'), await tablesModule(db.pool));
writeFileSync(join(projectRoot(), 'docs/schema.sql'), await schemaDump(db.pool));
await close();
