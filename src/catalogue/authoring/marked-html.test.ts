import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderMarkdown } from '../markdown.ts';
import { markedHtml, ownWordsMarked, plainHtml } from './marked-html.ts';

test('a difference keeps the new structure, with words marked on both sides', () => {
  const html = markedHtml(
    renderMarkdown('## शीर्ष\n\nपहली पंक्ति'),
    renderMarkdown('## शीर्ष\n\nदूसरी पंक्ति\n\n- बिंदु'),
  );
  assert.match(html, /<h2>शीर्ष<\/h2>/);
  assert.match(html, /<del>पहली<\/del><ins>दूसरी<\/ins> पंक्ति/);
  assert.match(html, /<li><ins>बिंदु<\/ins><\/li>/);
});

test('what was taken out leaves its words and no empty frames', () => {
  const table = '| क | ख |\n| --- | --- |\n| 1 | 2 |';
  const html = markedHtml(renderMarkdown(`${table}\n\nअंत`), renderMarkdown('अंत'));
  assert.doesNotMatch(html, /<t[dhr]>/);
  assert.match(html, /<del>[^<]*क/);
});

test('of two texts each shows only its own words as its own', () => {
  const [one, other] = [renderMarkdown('दस दिन'), renderMarkdown('बीस दिन')];
  assert.equal(ownWordsMarked(one, other), '<p><mark>दस</mark> दिन</p>\n');
  assert.equal(ownWordsMarked(other, one), '<p><mark>बीस</mark> दिन</p>\n');
});

test('a plain text carries no markup into the comparison', () => {
  assert.equal(plainHtml('<b>&\nदो'), '<p>&lt;b&gt;&amp;</p>\n<p>दो</p>');
});
