import { declaration, escapeXml, spreadsheet } from './xml-text.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaging = 'http://schemas.openxmlformats.org/package/2006';
const sheetml = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The places of the styles in `styles.xml`, as cells name them. */
export const cellStyle = { plain: 0, heading: 1, grouped: 2, decimal: 3, percent: 4, day: 5 } as const;

/** Excel refuses longer names and some marks in them. */
export function sheetTitle(name: string, number: number): string {
  const suffix = number === 1 ? '' : ` ${number}`;
  const allowed = name.replace(/[[\]:*?/\\]/g, ' ').replace(/^'+|'+$/g, '');
  const short = allowed
    .trim()
    .slice(0, 31 - suffix.length)
    .toWellFormed()
    .trim();
  return (short || 'Sheet') + suffix;
}

/** Everything of the package but its sheets. */
export function packageParts(titles: readonly string[]): [path: string, content: string][] {
  const sheets = titles.map((_, index) => `worksheets/sheet${index + 1}.xml`);
  const links: Link[] = [...sheets.map((path): Link => ['worksheet', path]), ['styles', 'styles.xml']];
  return [
    ['[Content_Types].xml', contentTypes(sheets)],
    ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
    ['xl/_rels/workbook.xml.rels', relations(links)],
    ['xl/workbook.xml', workbook(titles)],
    ['xl/styles.xml', styles()],
  ];
}

type Link = [type: string, target: string];

function contentTypes(sheets: readonly string[]): string {
  const override = (path: string, type: string) =>
    `<Override PartName="/xl/${path}" ContentType="${sheetml}.${type}+xml"/>`;
  return (
    `${declaration}<Types xmlns="${packaging}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    override('workbook.xml', 'sheet.main') +
    override('styles.xml', 'styles') +
    `${sheets.map((path) => override(path, 'worksheet')).join('')}</Types>`
  );
}

function relations(links: readonly Link[]): string {
  const items = links.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${office}/${type}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="${packaging}/relationships">${items.join('')}</Relationships>`;
}

function workbook(titles: readonly string[]): string {
  const sheets = titles.map(
    (title, index) => `<sheet name="${escapeXml(title)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return (
    `${declaration}<workbook xmlns="${spreadsheet}" xmlns:r="${office}">` +
    `<sheets>${sheets.join('')}</sheets></workbook>`
  );
}

// Lakhs and crores are not among the formats that Excel has by itself; one with conditions shows them anywhere.
const formats = new Map([
  [164, String.raw`[>=10000000]##\,##\,##\,##0;[>=100000]##\,##\,##0;#,##0`],
  [165, '#,##0.0#'],
  [166, '0.0%'],
  [167, String.raw`dd\-mm\-yyyy`],
]);

/** In the order of `cellStyle`. */
const cellFormats = [
  { format: 0, font: 0 },
  { format: 0, font: 1 },
  { format: 164, font: 0 },
  { format: 165, font: 0 },
  { format: 166, font: 0 },
  { format: 167, font: 0 },
];

function styles(): string {
  const codes = [...formats].map(
    ([id, code]) => `<numFmt numFmtId="${id}" formatCode="${escapeXml(code)}"/>`,
  );
  const cells = cellFormats.map(
    ({ format, font }) =>
      `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`,
  );
  const face = '<sz val="11"/><name val="Calibri"/>';
  return (
    `${declaration}<styleSheet xmlns="${spreadsheet}"><numFmts count="${codes.length}">${codes.join('')}</numFmts>` +
    `<fonts count="2"><font>${face}</font><font><b/>${face}</font></fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs></styleSheet>`
  );
}
