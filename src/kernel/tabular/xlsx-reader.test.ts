import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import exceljs from 'exceljs';
import { ZipFile } from 'yazl';
import { openTable, type RowFault, TableFault } from './index.ts';
import { numberKind, plainNumber } from './xlsx-values.ts';

// A folder of its own, so that what is left behind is told from what other tests have open.
process.env.TMPDIR = await mkdtemp(join(tmpdir(), 'daksh-test-'));
after(() => rm(tmpdir(), { recursive: true }));

const names = ['a', 'b', 'c', 'd'];

async function read(bytes: Buffer, options: { rowBytes?: number } = {}) {
  const table = await openTable(Readable.from([bytes]), {
    columns: names.map((name) => ({ name })),
    ...options,
  });
  const rows: [number, ...string[]][] = [];
  const faults: RowFault[] = [];
  for await (const chunk of table.rows) {
    rows.push(...chunk.rows.map(({ line, values }): [number, ...string[]] => [line, ...values]));
    faults.push(...chunk.faults);
  }
  return { table, rows, faults };
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

type Parts = {
  sheetData?: string;
  sharedStrings?: string;
  styles?: string;
  workbookPr?: string;
  sheetXml?: string;
};

/** A workbook as other programs than Excel write it: parts under other names, absolute targets, a prefix. */
async function workbook({
  sheetData = '',
  sharedStrings = '',
  styles = '',
  workbookPr = '',
  sheetXml,
}: Parts) {
  const sheet =
    sheetXml ?? `<x:worksheet xmlns:x="${main}"><x:sheetData>${sheetData}</x:sheetData></x:worksheet>`;
  return zipped({
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${office}/officeDocument" Target="/book/main.xml"/></Relationships>`,
    'book/main.xml': `<workbook xmlns="${main}" xmlns:q="${office}">${workbookPr}<sheets><sheet name="Data" q:id="s1"/></sheets></workbook>`,
    'book/_rels/main.xml.rels': `<Relationships><Relationship Id="s1" Type="${office}/worksheet" Target="pages/one.xml"/>
      <Relationship Id="s2" Type="${office}/sharedStrings" Target="/book/words.xml"/>
      <Relationship Id="s3" Type="${office}/styles" Target="looks.xml"/></Relationships>`,
    'book/pages/one.xml': sheet,
    'book/words.xml': `<sst xmlns="${main}">${sharedStrings}</sst>`,
    'book/looks.xml': `<styleSheet xmlns="${main}">${styles}</styleSheet>`,
  });
}

function zipped(parts: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  return buffer(Readable.from(zip.outputStream));
}

const heading =
  '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c t="str"><x:v>b</x:v></x:c></x:row>';

function refused(code: string) {
  return (error: unknown) => error instanceof TableFault && error.code === code;
}

test('what Excel holds is read as a person sees it', async () => {
  const book = new exceljs.Workbook();
  book.addWorksheet('Empty');
  const hidden = book.addWorksheet('Notes', { state: 'hidden' });
  hidden.addRow(['b', 'not this sheet']);
  const sheet = book.addWorksheet('Data');
  sheet.addRow(names);
  sheet.addRow([9_876_543_210, new Date('2026-11-22T00:00:00Z'), true, { formula: 'A1', result: 12 }]);
  sheet.addRow([]);
  sheet.addRow([
    '  राम ',
    new Date('2026-11-22T10:30:00Z'),
    { error: '#N/A' },
    { formula: 'A1', result: 'क' },
  ]);
  sheet.addRow([{ richText: [{ text: 'क' }, { text: 'ख', font: { bold: true } }] }, 4.1, 1e21, -5]);
  const { rows } = await read(Buffer.from(await book.xlsx.writeBuffer()));
  assert.deepEqual(rows, [
    [2, '9876543210', '2026-11-22', 'TRUE', '12'],
    [4, 'राम', '2026-11-22T10:30:00', '', 'क'],
    [5, 'कख', '4.1', '1000000000000000000000', '-5'],
  ]);
});

test('parts are found by their relations, whatever they are called', async () => {
  const bytes = await workbook({
    sheetData: `${heading}<x:row><x:c t="s"><x:v>1</x:v></x:c><x:c r="D2"><x:v>7</x:v></x:c></x:row>
      <x:row r="9"><x:c r="B9"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c r="C9"/></x:row>`,
    sharedStrings:
      '<si><t>x</t></si><si><r><t>रा</t></r><r><t xml:space="preserve">म &amp; </t></r><rPh><t>ram</t></rPh></si>',
  });
  const { rows, faults } = await read(bytes);
  assert.deepEqual(rows, [[9, '', '2', '', '']]);
  assert.deepEqual(
    faults.map(({ line, code, values }) => [line, code, values[0]]),
    [[2, 'too_many_cells', 'राम &']],
  );
});

test('dates are known by their style, in both systems of counting', async () => {
  const styles = `<numFmts><numFmt numFmtId="170" formatCode="[$-4000439]dd\\-mmm\\-yy;@"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>`;
  const sheetData = `${heading}<x:row r="2"><x:c s="1"><x:v>45000</x:v></x:c><x:c s="2"><x:v>45000.5</x:v></x:c></x:row>
    <x:row r="3"><x:c s="0"><x:v>45000</x:v></x:c><x:c t="d"><x:v>2026-11-22T00:00:00</x:v></x:c></x:row>`;
  assert.deepEqual((await read(await workbook({ sheetData, styles }))).rows, [
    [2, '2023-03-15', '2023-03-15T12:00:00', '', ''],
    [3, '45000', '2026-11-22', '', ''],
  ]);
  const later = await workbook({ sheetData, styles, workbookPr: '<workbookPr date1904="1"/>' });
  assert.equal((await read(later)).rows[0]?.[1], '2027-03-16');
});

test('number formats that show a day are dates, others are numbers', () => {
  const dates = [
    'dd/mm/yyyy',
    'd-mmm-yy',
    'mmmm',
    'yyyy',
    '[$-F800]dddd, mmmm dd, yyyy',
    'm/d/yy h:mm',
    'dd"वां" mmm',
  ];
  const plain = [
    'General',
    '0',
    '#,##0.00',
    '0.00E+00',
    '[h]:mm',
    'h:mm AM/PM',
    '0" days"',
    '[Red]0',
    '@',
    '0\\d',
    '_d0',
  ];
  for (const code of dates) assert.equal(numberKind(164, code), 'date', code);
  for (const code of plain) assert.equal(numberKind(164, code), 'plain', code);
  assert.equal(numberKind(14, undefined), 'date');
  assert.equal(numberKind(4, undefined), 'plain');
});

test('numbers keep all their digits and gain none', () => {
  const cases: [string, string][] = [
    ['9876543210', '9876543210'],
    ['9.8765432100000000E9', '9876543210'],
    ['1E+21', '1000000000000000000000'],
    ['12345678901234567890', '12345678901234567890'],
    ['4.0999999999999996', '4.1'],
    ['1.0', '1'],
    ['-0', '-0'],
    ['-0.0', '0'],
    ['1.5E-7', '0.00000015'],
    ['-2.5e-10', '-0.00000000025'],
    ['1e999', ''],
  ];
  for (const [written, text] of cases) assert.equal(plainNumber(written), text, written);
});

test('a row too long or with a character that no database takes is a fault of that row', async () => {
  const long = `<x:row r="2"><x:c t="str"><x:v>${'क'.repeat(900)}</x:v></x:c><x:c t="str"><x:v>${'ख'.repeat(900)}</x:v></x:c></x:row>`;
  const bad =
    '<x:row r="3"><x:c t="str"><x:v>a_x0000_b</x:v></x:c></x:row><x:row r="4"><x:c t="str"><x:v>ok</x:v></x:c></x:row>';
  const { rows, faults } = await read(await workbook({ sheetData: heading + long + bad }), {
    rowBytes: 1000,
  });
  assert.deepEqual(
    faults.map(({ line, code }) => `${line} ${code}`),
    ['2 row_too_long', '3 invalid_character'],
  );
  assert.deepEqual(rows, [[4, 'ok', '', '', '']]);
});

test('damaged, foreign and hostile files are refused, and leave nothing behind', async () => {
  const before = await leftovers();
  const good = await workbook({ sheetData: heading });
  const empty = await workbook({});
  await assert.rejects(read(empty), refused('empty_file'));
  await assert.rejects(read(good.subarray(0, good.length - 30)), refused('damaged_file'));
  await assert.rejects(read(await zipped({ 'word/document.xml': '<x/>' })), refused('unknown_format'));
  const broken: Parts[] = [
    { sheetXml: '<worksheet><sheetData><row>' },
    { sheetXml: '<!DOCTYPE a [<!ENTITY e "x">]><worksheet>&e;</worksheet>' },
    { sheetXml: `<worksheet>${'<a>'.repeat(100)}` },
    { sheetXml: `<worksheet>${' '.repeat(5_000_000)}</worksheet>` },
    { sheetData: `${heading}<x:row r="3"/><x:row r="2"/>` },
    { sheetData: `${heading}<x:row r="2"><x:c r="ZZZZ2"><x:v>1</x:v></x:c></x:row>` },
  ];
  for (const parts of broken) await assert.rejects(read(await workbook(parts)), refused('damaged_file'));
  const bomb = await zipped({ 'xl/workbook.xml': Buffer.alloc(40_000_000) });
  await assert.rejects(read(bomb), refused('file_too_large'));
  assert.deepEqual(await leftovers(), before);
});

test('who does not read the rows closes the table, and the temporary file goes', async () => {
  const before = await leftovers();
  const table = await openTable(Readable.from([await workbook({ sheetData: heading })]), {
    columns: [{ name: 'z', required: true }],
  });
  assert.deepEqual(table.missing, [['z']]);
  assert.deepEqual(table.unknownHeadings, ['a', 'b']);
  await table.close();
  assert.deepEqual(await leftovers(), before);
});

async function leftovers(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('daksh-table-'));
}
