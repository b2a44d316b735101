import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { type ColumnSpec, openTable, type RowFault, TableFault, type TableOptions } from './index.ts';

const columns: ColumnSpec[] = [
  { name: 'employee_code', aliases: ['कर्मचारी कोड', 'eHRMS Id'], required: true },
  { name: 'name_hi', aliases: ['नाम'], required: 'name' },
  { name: 'name_en', aliases: ['नाम (अंग्रेज़ी)', 'Full Name'], required: 'name' },
  { name: 'posted_on' },
];

async function read(
  content: string | Uint8Array | Iterable<Uint8Array>,
  options: Partial<TableOptions> = {},
) {
  const isWhole = typeof content === 'string' || content instanceof Uint8Array;
  const source = Readable.from(isWhole ? [Buffer.from(content)] : content);
  const table = await openTable(source, { columns, ...options });
  const rows: string[][] = [];
  const lines: number[] = [];
  const faults: RowFault[] = [];
  for await (const chunk of table.rows) {
    rows.push(...chunk.rows.map(({ values }) => values));
    lines.push(...chunk.rows.map(({ line }) => line));
    faults.push(...chunk.faults);
  }
  return { table, rows, lines, faults, codes: faults.map(({ line, code }) => `${line} ${code}`) };
}

function refused(code: string) {
  return (error: unknown) => error instanceof TableFault && error.code === code;
}

test('values come in the order of the columns asked for, whatever the order of the file', async () => {
  const { rows, table } = await read('Full Name,zone,EMPLOYEE-CODE\r\nRam,1,E1\r\nSita,2,E2\r\n');
  assert.deepEqual(rows, [
    ['E1', '', 'Ram', ''],
    ['E2', '', 'Sita', ''],
  ]);
  assert.deepEqual(table.header, [
    { column: 'employee_code', heading: 'EMPLOYEE-CODE' },
    { column: 'name_en', heading: 'Full Name' },
  ]);
  assert.deepEqual(table.unknownHeadings, ['zone']);
  assert.deepEqual(table.missing, []);
});

test('headings are known by any of their names, however written', async () => {
  for (const heading of ['कर्मचारी कोड', ' Employee_Code ', 'ehrms-id', 'E.HRMS ID', 'employeecode']) {
    const { table } = await read(`\ufeff"${heading}",नाम (अंग्रेजी)\nE1,Ram\n`);
    assert.deepEqual(
      table.header.map(({ column }) => column),
      ['employee_code', 'name_en'],
    );
  }
});

test('a missing column is named, a group by all of its columns', async () => {
  const { table } = await read('posted_on\n2026-01-01\n');
  assert.deepEqual(table.missing, [['employee_code'], ['name_hi', 'name_en']]);
});

test('two headings for one column are refused, since either could be meant', async () => {
  await assert.rejects(read('employee_code,eHRMS Id\n1,2\n'), refused('repeated_heading'));
});

test('quotes, quoted line ends and blank lines are read, and lines counted as an editor counts them', async () => {
  const text = '\n\nemployee_code,name_hi\r\n"E1","राम ""पप्पू"" प्रसाद"\r\n\r\n"E2","दो\nपंक्ति"\r\n , \nE3,तीन';
  const { rows, lines, faults } = await read(text);
  assert.deepEqual(
    rows.map((row) => row.slice(0, 2)),
    [
      ['E1', 'राम "पप्पू" प्रसाद'],
      ['E2', 'दो\nपंक्ति'],
      ['E3', 'तीन'],
    ],
  );
  assert.deepEqual(lines, [4, 6, 9]);
  assert.deepEqual(faults, []);
});

test('values lose what surrounds them unseen', async () => {
  const { rows } = await read('employee_code,name_hi\n\u00a0E1\u200b,\t राम \u00a0\n" E2 ", "सीता" \n');
  assert.deepEqual(
    rows.map((row) => row.slice(0, 2)),
    [
      ['E1', 'राम'],
      ['E2', 'सीता'],
    ],
  );
});

test('commas, semicolons and tabs separate, found by the heading line or declared by Excel', async () => {
  for (const text of [
    'employee_code;name_hi\nE1;राम, श्याम\n',
    'employee_code\tname_hi\nE1\tराम, श्याम\n',
    'sep=;\nemployee_code;name_hi\nE1;राम, श्याम\n',
    '"employee_code","name_hi"\nE1,"राम, श्याम"\n',
  ]) {
    assert.deepEqual((await read(text)).rows, [['E1', 'राम, श्याम', '', '']]);
  }
});

test('old Macintosh line ends are read', async () => {
  const { rows, lines } = await read('employee_code,name_hi\rE1,राम\rE2,"सीता"\r');
  assert.deepEqual(
    rows.map(([code]) => code),
    ['E1', 'E2'],
  );
  assert.deepEqual(lines, [2, 3]);
});

test('a stray quote costs its own line only, even where another quote follows', async () => {
  const text = 'employee_code,name_hi\nE1,रा"म\nE2,सीता\nE3,"गी"ता\nE4,"मीरा\nE5,राधा\nE6,"उमा"\nE7,"x';
  const { rows, codes, faults } = await read(text);
  assert.deepEqual(
    rows.map(([code]) => code),
    ['E2', 'E5', 'E6'],
  );
  assert.deepEqual(codes, ['2 stray_quote', '4 stray_quote', '5 stray_quote', '8 unclosed_quote']);
  assert.deepEqual(faults[0]?.values, ['E1', 'रा"म', '', '']);
});

test('more cells than headings are a fault, unless they are empty; fewer are filled', async () => {
  const { rows, codes } = await read('employee_code,name_hi\nE1,राम,9\nE2,सीता,,\nE3\n');
  assert.deepEqual(rows, [
    ['E2', 'सीता', '', ''],
    ['E3', '', '', ''],
  ]);
  assert.deepEqual(codes, ['2 too_many_cells']);
});

test('bytes that are not UTF-8 are a fault of their row, with its line', async () => {
  const bad = Buffer.concat([
    Buffer.from('employee_code,name_hi\nE1,राम\nE2,'),
    Buffer.from([0xe9, 0x41]),
    Buffer.from('\nE3,सीता\nE4,"'),
    Buffer.from([0xc0, 0x80]),
    Buffer.from('"\nE5,a\0b\nE6,गीता'),
  ]);
  const { rows, codes } = await read(bad);
  assert.deepEqual(
    rows.map(([code]) => code),
    ['E1', 'E3', 'E6'],
  );
  assert.deepEqual(codes, ['3 invalid_utf8', '5 invalid_utf8', '6 invalid_character']);
});

test('UTF-16 with a byte order mark is read', async () => {
  const little = Buffer.from('\ufeffemployee_code\tname_hi\nE1\tराम\n', 'utf16le');
  assert.deepEqual((await read(little)).rows, [['E1', 'राम', '', '']]);
  const big = Buffer.from(little).swap16();
  assert.deepEqual((await read(big)).rows, [['E1', 'राम', '', '']]);
  await assert.rejects(read(Buffer.concat([little, Buffer.from([0x00, 0xd8])])), refused('invalid_encoding'));
});

test('a row too long is a fault of that row, in one block or in many', async () => {
  const lines = [
    'employee_code,name_hi',
    `E1,${'क'.repeat(40_000)}`,
    'E2,राम',
    `E3,"${'x\n'.repeat(40_000)}`,
  ];
  const bytes = Buffer.from(`${lines.join('\n')}"\nE4,सीता\n`);
  for (const source of [[bytes], pieces(bytes, 1000)]) {
    const { rows, codes } = await read(source);
    assert.deepEqual(codes.slice(0, 2), ['2 row_too_long', '4 unclosed_quote']);
    assert.deepEqual(rows[0], ['E2', 'राम', '', '']);
    assert.deepEqual(rows.at(-1), ['E4', 'सीता', '', '']);
  }
});

test('a file too large, empty, or no table is refused', async () => {
  await assert.rejects(read('employee_code\nE1\n', { maxBytes: 5 }), refused('file_too_large'));
  await assert.rejects(read(''), refused('empty_file'));
  await assert.rejects(read('\ufeff\r\n ,\r\n'), refused('empty_file'));
  await assert.rejects(read(Buffer.from('%PDF-1.7\n...')), refused('unknown_format'));
  await assert.rejects(read('<html><table><tr><td>x'), refused('unknown_format'));
  await assert.rejects(
    read(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])),
    refused('old_or_locked_excel'),
  );
  await assert.rejects(read('employee"code,x\nE1\n'), refused('not_a_table'));
  await assert.rejects(read('employee_code\nE1\n', { format: 'xlsx' }), refused('unknown_format'));
});

test('rows come in chunks of the size asked for', async () => {
  const body = Array.from({ length: 25 }, (_, index) => `E${index}`).join('\n');
  const table = await openTable(Readable.from([Buffer.from(`employee_code\n${body}`)]), {
    columns,
    chunkRows: 10,
  });
  const sizes: number[] = [];
  for await (const chunk of table.rows) sizes.push(chunk.rows.length);
  assert.equal(Math.max(...sizes), 10);
  assert.equal(
    sizes.reduce((sum, size) => sum + size),
    25,
  );
});

test('who stops reading lets go of the source', async () => {
  const source = Readable.from(pieces(Buffer.from(`employee_code\n${'E1\n'.repeat(9000)}`), 100));
  const table = await openTable(source, { columns, chunkRows: 10 });
  for await (const _ of table.rows) break;
  assert.ok(source.destroyed);
  const unread = Readable.from(pieces(Buffer.from(`employee_code\n${'E1\n'.repeat(9000)}`), 100));
  await (await openTable(unread, { columns })).close();
  assert.ok(unread.destroyed);
});

const cell = fc.string({
  unit: fc.constantFrom('a', 'Z', '1', 'र', 'ा', 'म', ',', ';', '"', '\n', '\r', ' ', '😀', '\t'),
});
const tableOf = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }));

test('property: any well-formed table reads as csv-parse reads it, however it is cut into blocks', async () => {
  const property = fc.asyncProperty(
    tableOf,
    fc.constantFrom('\n', '\r\n'),
    fc.integer({ min: 1, max: 50 }),
    fc.boolean(),
    async (cells, lineEnd, blockSize, quoteAll) => {
      const width = cells[0]?.length ?? 1;
      const names = Array.from({ length: width }, (_, index) => `c${index}`);
      const lines = [names, ...cells].map((row) => row.map((value) => quoted(value, quoteAll)).join(','));
      const bytes = Buffer.from(lines.join(lineEnd));
      const { rows, faults } = await read(pieces(bytes, blockSize), {
        columns: names.map((name) => ({ name })),
      });
      const expected: string[][] = parse(bytes, {
        from_line: 1,
        record_delimiter: lineEnd,
        relax_column_count: true,
      });
      const trimmed = expected.slice(1).map((row) => row.map((value) => value.trim()));
      assert.deepEqual(
        rows,
        trimmed.filter((row) => row.some((value) => value !== '')),
      );
      assert.deepEqual(faults, []);
    },
  );
  await fc.assert(property, { numRuns: 500 });
});

test('property: no bytes make the reader throw anything but its own fault, and no line is lost', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'र', ',', '"', '\n', '\n', ' ') });
  const property = fc.asyncProperty(text, fc.integer({ min: 1, max: 20 }), async (body, blockSize) => {
    const bytes = Buffer.from(`c0,c1\n${body}\nlast,row\n`);
    const { rows, faults } = await read(pieces(bytes, blockSize), {
      columns: [{ name: 'c0' }, { name: 'c1' }],
    });
    const isOpen = [...body].filter((letter) => letter === '"').length % 2 === 1;
    if (!isOpen) assert.deepEqual(rows.at(-1), ['last', 'row']);
    else assert.ok(faults.length > 0 || rows.length > 0);
  });
  await fc.assert(property, { numRuns: 500 });
});

function quoted(value: string, always: boolean): string {
  const isNeeded = always || /[",;\n\r\t]/.test(value) || value.startsWith(' ');
  return isNeeded ? `"${value.replaceAll('"', '""')}"` : value;
}

function* pieces(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
