import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { BenchWorld } from './bench-world.ts';
import { bareDatabase } from './limits.ts';
import type { Benchmark } from './measure.ts';
import { programArgs } from './own-server.ts';
import { resultOf } from './result.ts';
import { summarise } from './statistics.ts';

const rowsAFile = 10_000;
const files = 3;
const rowsAStatement = 1000;

export const rosterImport: Benchmark = {
  name: 'roster-import',
  what: `rows of \`daksh import roster FILE --commit\`, ${files} files of ${rowsAFile} new people, the start of the program included`,
  async run(world) {
    const times: number[] = [];
    for (let file = 0; file < files; file += 1) times.push(await importOne(world, file));
    const { median, p99 } = summarise(times);
    // A person, a code, two contacts and a posting: what a row becomes at least.
    const statements = await bareDatabase(world, { kind: 'rows', each: rowsAStatement * 5, clients: 2 });
    const bare = {
      name: `bare inserts of ${rowsAStatement} × 5 rows a statement`,
      perSecond: statements * rowsAStatement,
    };
    const perSecond = (rowsAFile * 1000) / median;
    return resultOf({ ...rosterImport, clients: 1, median, p99, perSecond, failed: 0, limits: [bare] });
  },
};

async function importOne(world: BenchWorld, file: number): Promise<number> {
  const path = join(world.folder, `roster-${file}.csv`);
  writeFileSync(path, rosterFile(world.run, file));
  const began = performance.now();
  const child = spawn(process.execPath, programArgs(['import', 'roster', path, '--commit', '--json']), {
    env: { ...process.env, DATABASE_URL: world.databaseUrl, DAKSH_DATA_DIR: world.folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const took = performance.now() - began;
  const result = JSON.parse(output) as { committed?: boolean; added?: number };
  if (!result.committed || result.added !== rowsAFile)
    throw new Error(`The import did not take its rows: ${output}`);
  return took;
}

function rosterFile(run: string, file: number): string {
  const block = run ? randomInt(1, 99) : 0;
  const rows = Array.from({ length: rowsAFile }, (_, n) => {
    const number = file * rowsAFile + n;
    const office = `GEN-${String(1 + (n % 99)).padStart(5, '0')}`;
    return `BEN${run}${String(number).padStart(7, '0')},मापन कार्मिक ${number},Bench Person ${number},${7_000_000_000 + block * 1_000_000 + number},bench${run}${number}@example.invalid,${office},वरिष्ठ सहायक,C,permanent,2020-01-01`;
  });
  return `employee_code,name_hi,name_en,mobile,email,office_code,designation,group,engagement,posted_on\n${rows.join('\n')}\n`;
}
