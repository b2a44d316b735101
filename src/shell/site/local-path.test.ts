import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localPath } from './send-page.tsx';

test('only a path of this site is followed, however a browser might read it', () => {
  for (const path of ['/', '/courses?q=साइबर', '/a/b#c', '/office/offices/SW%2F1'])
    assert.equal(localPath(path), path);
  const foreign = [
    '//evil.example',
    '/\t/evil.example',
    '/\\evil.example',
    '/\n/evil.example',
    'https://evil.example',
    'evil',
    '',
    undefined,
    7,
    '/\u0000x',
    '/\r\nset-cookie: x',
  ];
  for (const path of foreign) assert.equal(localPath(path), '/', JSON.stringify(path));
});
