import assert from 'node:assert/strict';
import { buffer, text } from 'node:stream/consumers';
import { test } from 'node:test';
import exceljs from 'exceljs';
import fc from 'fast-check';
import {
  type Cell,
  csvStream,
  guardCell,
  openTable,
  toCsvLine,
  type XlsxOptions,
  xlsxStream,
} from './index.ts';

test('a line is quoted where it must be', () => {
  assert.equal(toCsvLine(['a', 'b,c', 'd"e', 'f\ng', ' h', '', null]), 'a,"b,c","d""e","f\ng"," h",,\r\n');
  assert.equal(toCsvLine([5, -5, 2n, true, undefined]), '5,-5,2,true,\r\n');
});

test('what a spreadsheet would run is guarded, plain numbers are not', () => {
  assert.equal(guardCell('=1+1'), "'=1+1");
  assert.equal(guardCell('@SUM(A1)'), "'@SUM(A1)");
  assert.equal(guardCell('-2+3'), "'-2+3");
  assert.equal(guardCell('\t=1'), "'\t=1");
  assert.equal(guardCell('-5'), '-5');
  assert.equal(guardCell('-5.25'), '-5.25');
  assert.equal(guardCell('+919876543210'), '+919876543210');
  assert.equal(guardCell('राम'), 'राम');
});

test('a CSV file begins with a mark for Excel where one is asked for', async () => {
  assert.equal(await text(csvStream(['क'], [[['ख']], [], [['ग']]])), 'क\r\nख\r\nग\r\n');
  assert.equal((await buffer(csvStream(['क'], [], { bom: true }))).toString('hex', 0, 3), 'efbbbf');
});

const options: XlsxOptions = {
  sheetName: 'प्रशिक्षण: [2026/27]',
  columns: [
    { heading: 'Code', type: 'text' },
    { heading: 'नाम', width: 30 },
    { heading: 'Hours', type: 'number' },
    { heading: 'Share', type: 'percent' },
    { heading: 'Day', type: 'day' },
  ],
};

async function load(rows: Cell[][][], more: Partial<XlsxOptions> = {}): Promise<exceljs.Workbook> {
  const workbook = new exceljs.Workbook();
  const bytes = await buffer(xlsxStream({ ...options, ...more }, rows));
  await workbook.xlsx.load(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
  );
  return workbook;
}

test('a workbook opens elsewhere with its values, kinds and a heading that stays in view', async () => {
  const rows: Cell[][][] = [
    [
      ['007', 'राम & <सीता>', 1_880_412, 0.725, '2026-11-22'],
      ['=1', null, 2.5],
    ],
    [['x']],
  ];
  const sheet = (await load(rows)).worksheets[0];
  assert.equal(sheet?.name, 'प्रशिक्षण   2026 27');
  assert.equal(sheet?.rowCount, 4);
  assert.equal(sheet?.getCell('A1').font.bold, true);
  assert.deepEqual(
    sheet?.views.map(({ state }) => state),
    ['frozen'],
  );
  assert.equal(sheet?.getCell('A2').value, '007');
  assert.equal(sheet?.getCell('B2').value, 'राम & <सीता>');
  assert.equal(sheet?.getCell('C2').value, 1_880_412);
  assert.equal(sheet?.getCell('D2').value, 0.725);
  assert.equal(sheet?.getCell('D2').numFmt, '0.0%');
  assert.deepEqual(sheet?.getCell('E2').value, new Date('2026-11-22T00:00:00Z'));
  assert.equal(sheet?.getCell('A3').value, '=1');
  assert.equal(sheet?.getCell('A3').formula, undefined);
  assert.equal(sheet?.getCell('C3').value, 2.5);
  assert.equal(sheet?.getColumn(2).width, 30);
});

test('lines above the headings say what the sheet is', async () => {
  const sheet = (await load([[['1']]], { preface: ['As of 22 November 2026'] })).worksheets[0];
  assert.equal(sheet?.getCell('A1').value, 'As of 22 November 2026');
  assert.equal(sheet?.getCell('A2').value, 'Code');
  assert.equal(sheet?.getCell('A3').value, '1');
});

test('rows beyond a sheet go on in the next, with their headings', async () => {
  const rows = [Array.from({ length: 7 }, (_, index) => [`E${index}`])];
  const workbook = await load(rows, { rowsPerSheet: 3 });
  assert.deepEqual(
    workbook.worksheets.map(({ rowCount }) => rowCount),
    [4, 4, 2],
  );
  assert.deepEqual(
    workbook.worksheets.map((sheet) => sheet.getCell('A1').value),
    ['Code', 'Code', 'Code'],
  );
  assert.equal(workbook.worksheets[1]?.name, 'प्रशिक्षण   2026 27 2');
  assert.equal(workbook.worksheets[2]?.getCell('A2').value, 'E6');
});

test('a failing source fails the file', async () => {
  async function* failing() {
    yield [['1']];
    throw new Error('database gone');
  }
  await assert.rejects(buffer(xlsxStream(options, failing())), /database gone/);
  await assert.rejects(buffer(csvStream(['a'], failing())), /database gone/);
});

test('who goes away lets go of the rows', async () => {
  for (const make of [
    (rows: AsyncIterable<Cell[][]>) => xlsxStream(options, rows),
    (rows: AsyncIterable<Cell[][]>) => csvStream(['a'], rows),
  ]) {
    let isReleased = false;
    async function* endless() {
      try {
        for (;;) yield Array.from({ length: 1000 }, () => [String(Math.random())]);
      } finally {
        isReleased = true;
      }
    }
    const stream = make(endless());
    for await (const _ of stream) break;
    for (let tries = 0; tries < 200 && !isReleased; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(isReleased);
  }
});

const value = fc.string({
  unit: fc.constantFrom(
    'a',
    'र',
    'ा',
    '1',
    '=',
    '-',
    '+',
    '@',
    "'",
    '"',
    ',',
    '\n',
    '&',
    '<',
    '>',
    '_',
    'x',
    '0',
    '😀',
  ),
});
const rowsOf = fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { maxLength: 10 });

test('property: what is written, as CSV or as XLSX, reads back the same', async () => {
  const columns = ['a', 'b', 'c'].map((name) => ({ name }));
  const property = fc.asyncProperty(rowsOf, fc.boolean(), async (rows, isCsv) => {
    const headings = columns.map(({ name }) => ({ heading: name }));
    const file = isCsv
      ? csvStream(['a', 'b', 'c'], [rows], { bom: true })
      : xlsxStream({ sheetName: 'x', columns: headings }, [rows]);
    const read: string[][] = [];
    for await (const chunk of (await openTable(file, { columns })).rows) {
      assert.deepEqual(chunk.faults, []);
      read.push(...chunk.rows.map(({ values }) => values));
    }
    const isGuard = (cell: string) => /^'[=+\-@\t\r]/.test(cell);
    const expected = rows.map((row) =>
      row.map((cell) => (isGuard(cell.trim()) ? cell.trim().slice(1) : cell.trim())),
    );
    assert.deepEqual(
      read,
      expected.filter((row) => row.some((cell) => cell !== '')),
    );
  });
  await fc.assert(property, { numRuns: 300 });
});
