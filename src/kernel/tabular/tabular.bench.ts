/** By hand: `node --import tsx src/kernel/tabular/tabular.bench.ts [ROWS]` writes and reads a roster of that size. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Cell, csvStream, openTable, xlsxStream } from './index.ts';

const headings = [
  'कर्मचारी कोड',
  'नाम',
  'Full Name',
  'मोबाइल',
  'ईमेल',
  'कार्यालय कोड',
  'पदनाम',
  'समूह',
  'पदस्थापन तिथि',
];
const mega = 1_000_000;

function* roster(rows: number): Generator<Cell[][]> {
  for (let from = 0; from < rows; from += 1000) {
    yield Array.from({ length: Math.min(1000, rows - from) }, (_, index) => person(from + index));
  }
}

function person(index: number): Cell[] {
  const name = `राम प्रसाद ${index % 977}`;
  const post = index % 3 ? 'सहायक अध्यापक' : 'लेखाकार, ग्रेड "2"';
  const mail = `ram.prasad.${index}@up.gov.in`;
  return [
    `EMP${mega + index}`,
    name,
    `Ram Prasad ${index % 977}`,
    `98${mega * 10 + index}`,
    mail,
    `UP-${index % 9000}`,
    post,
    'ग',
    '2019-07-01',
  ];
}

async function measure(name: string, rows: number, work: () => Promise<void>): Promise<void> {
  let peakRss = 0;
  let peakHeap = 0;
  const watch = setInterval(() => {
    const { rss, heapUsed } = process.memoryUsage();
    peakRss = Math.max(peakRss, rss);
    peakHeap = Math.max(peakHeap, heapUsed);
  }, 20);
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  const pace = Math.round(rows / seconds);
  const memory = `RSS ${Math.round(peakRss / mega)} MB, heap ${Math.round(peakHeap / mega)} MB`;
  console.log(`${name}: ${rows} rows in ${seconds.toFixed(1)} s, ${pace} rows/s, peak ${memory}`);
}

async function write(path: string, stream: Readable): Promise<void> {
  await pipeline(stream, createWriteStream(path));
  console.log(`  ${Math.round((await stat(path)).size / mega)} MB`);
}

async function read(path: string): Promise<void> {
  const source = createReadStream(path, { highWaterMark: 262_144 });
  const table = await openTable(source, { columns: headings.map((name) => ({ name, required: true })) });
  let rows = 0;
  for await (const chunk of table.rows) rows += chunk.rows.length;
  console.log(`  ${rows} read, ${table.missing.length} columns missing`);
}

const rows = Number(process.argv[2] ?? 1_880_000);
const sheetRows = Math.min(rows, mega);
const folder = await mkdtemp(join(tmpdir(), 'daksh-bench-'));
const [csv, xlsx] = [join(folder, 'roster.csv'), join(folder, 'roster.xlsx')];
const columns = headings.map((heading) => ({ heading, type: 'text' as const }));
await measure('CSV written', rows, () => write(csv, csvStream(headings, roster(rows))));
await measure('CSV read', rows, () => read(csv));
await measure('XLSX written', sheetRows, () =>
  write(xlsx, xlsxStream({ sheetName: 'रोस्टर', columns }, roster(sheetRows))),
);
await measure('XLSX read', sheetRows, () => read(xlsx));
await rm(folder, { recursive: true });
