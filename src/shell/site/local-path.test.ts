import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localPath } from './send-page.tsx';

test('only a path of this site is followed, however a browser might read it', () => {
  for (const path of ['/', '/courses?q=x', '/a/b#c', '/office/offices/SW%2F1'])
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

test('a path in any script is encoded, since a header takes no other letters', () => {
  assert.equal(localPath('/courses?q=साइबर'), `/courses?q=${encodeURIComponent('साइबर')}`);
  assert.equal(localPath('/क'), `/${encodeURIComponent('क')}`);
  assert.match(localPath('/\u2028/x\ud800'), /^[\x21-\x7e]+$/);
});
