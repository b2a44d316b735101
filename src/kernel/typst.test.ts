import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderPdf } from './typst.ts';

const template = '#set document(title: data.name)\n= #data.name\n';

test('a PDF begins with its mark, is tagged and carries the letters it shows', async () => {
  const pdf = await renderPdf(template, { name: 'सुनीता वर्मा' });
  const text = pdf.toString('latin1');
  assert.equal(text.slice(0, 5), '%PDF-');
  assert.match(text, /NotoSans/);
  assert.match(text, /MarkInfo/);
});

test('data is never read as markup', async () => {
  for (const name of ['#panic("x")', ']', '$', '*_`', '\\', '//', '#[', '"', '= <a> @b', '{{', '\u2028']) {
    const pdf = await renderPdf(template, { name });
    assert.equal(pdf.subarray(0, 4).toString(), '%PDF');
  }
});

test('the same input gives the same bytes, also among others at the same time', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `नाम ${index % 4}`);
  const made = await Promise.all(names.map((name) => renderPdf(template, { name })));
  for (const [index, pdf] of made.entries()) assert.deepEqual(pdf, made[index % 4]);
  assert.notDeepEqual(made[0], made[1]);
});

test('a letter that no font has costs the standard, not the document', async () => {
  const pdf = await renderPdf(`#set text(fallback: false)\n${template}`, { name: 'தமிழ்' });
  assert.equal(pdf.subarray(0, 4).toString(), '%PDF');
});

test('a faulty template is an error for its own caller only', async () => {
  const faulty = renderPdf('#nothing-of-this-name', {});
  const sound = renderPdf(template, { name: 'ठीक' });
  await assert.rejects(faulty, /unknown variable/);
  assert.ok((await sound).length > 0);
});
