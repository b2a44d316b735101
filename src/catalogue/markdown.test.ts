import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { imagesIn, renderMarkdown } from './markdown.ts';

const id = '01890a5d-ac96-774b-bcce-b302099a8057';

test('only pictures kept in Daksh are shown; of others the words stay', () => {
  assert.match(renderMarkdown(`![नक्शा](/media/${id})`), new RegExp(`<img src="/media/${id}" alt="नक्शा"`));
  for (const address of [
    'https://x.example/a.png',
    '//x.example/a.png',
    '/sign-out',
    '/media/../x',
    `/media/${id}?x`,
  ]) {
    const html = renderMarkdown(`पहले ![एक *चित्र*](${address}) बाद में`);
    assert.doesNotMatch(html, /<img/, address);
    assert.match(html, /पहले .*चित्र.* बाद में/);
  }
  assert.deepEqual(imagesIn(`![a](https://x.example/a.png)\n\n[![b](/media/${id})](https://y.example)`), {
    own: [id],
    foreign: ['https://x.example/a.png'],
  });
});

test('links lead only where a page may lead, and tell nothing of the page they stand on', () => {
  assert.match(
    renderMarkdown('[x](https://x.example/)'),
    /href="https:\/\/x.example\/" rel="noopener noreferrer"/,
  );
  assert.match(renderMarkdown('https://x.example/'), /rel="noopener noreferrer"/);
  assert.doesNotMatch(renderMarkdown('[x](/courses)'), /rel=/);
  const bad = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//x.example',
    'java&#115;cript:x',
    'file:///etc',
  ];
  for (const address of bad) assert.doesNotMatch(renderMarkdown(`[x](${address})`), /<a /, address);
});

test('whatever is written, no mark-up comes out but ours', () => {
  const scheme = fc.constantFrom(
    'javascript:',
    'data:',
    'https://',
    '/media/',
    '<script>',
    '<img src=x onerror=y>',
    '![',
    '](',
    '[',
    ')',
    '"',
    "'",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(scheme, fc.string({ maxLength: 8 })), { maxLength: 12 }), (parts) => {
      const html = renderMarkdown(parts.join(''));
      assert.doesNotMatch(html, /<script|<[^>]*\son\w+=|(?:href|src)="(?!https?:|mailto:|tel:|#|\/|")/i);
    }),
    { numRuns: 500 },
  );
});
