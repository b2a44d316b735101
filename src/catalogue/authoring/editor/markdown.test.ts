import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../../../kernel/project-root.ts';
import { renderMarkdown } from '../../markdown.ts';
import { fromMarkdown } from './from-markdown.ts';
import { toMarkdown } from './to-markdown.ts';

const roundTrip = (text: string) => toMarkdown(fromMarkdown(text));
/** What a learner reads, without the places of line ends. */
const read = (text: string) => renderMarkdown(text).replace(/\s+/g, ' ').replaceAll('> <', '><');

test('what Markdown can say comes through the editor unchanged', () => {
  for (const text of [
    '## शीर्षक\n\nएक **मोटा** और *तिरछा* शब्द, `कोड` और ~~हटाया~~।',
    '- पहला\n- दूसरा\n\n1. क\n2. ख',
    '> उद्धरण\n>\n> दूसरा अनुच्छेद',
    '![फॉर्म का चित्र](/media/01930000-0000-7000-8000-00000000ffff)',
    '[विभाग](https://example.gov.in/a) देखें।',
    '| क्रम | काम |\n| --- | --- |\n| 1 | **जाँच** |\n| 2 | a \\| b |',
    '```\nकोड\n```',
  ])
    assert.equal(roundTrip(text), text);
});

test('the texts of the demonstration read the same after the editor wrote them', () => {
  const folder = join(projectRoot(), 'demo', 'courses');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  const bodies = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  for (const body of bodies) assert.equal(read(roundTrip(body)), read(body));
});

test('writing twice is writing once', () => {
  const text = '1) क\n2) ख\n* x\n* y\n\nA_b_c 3 * 4 # no\n+ z';
  assert.equal(roundTrip(roundTrip(text)), roundTrip(text));
});
