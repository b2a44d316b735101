import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from './nearest.ts';

const things = [
  'सहायक समीक्षा अधिकारी',
  'सहायक',
  'लेखाकार',
  'जिला समाज कल्याण अधिकारी',
  'बाराबंकी',
  'Barabanki',
  'बाँदा',
  'Shravasti',
];
const near = (typed: string) => nearest(typed, things, { most: 3, textsOf: (one) => [one] });

test('what lacks a letter, has one too many or is typed in the other script is near; what is none of it is not', () => {
  assert.equal(near('सहयक')[0], 'सहायक');
  assert.equal(near('सहायकक')[0], 'सहायक');
  assert.equal(near('sahayk')[0], 'सहायक');
  assert.ok(near('बारबंकी').includes('बाराबंकी'));
  assert.ok(near('barbanki').includes('Barabanki'));
  assert.equal(near('srvst')[0], 'Shravasti');
  assert.equal(near('कल्याण')[0], 'जिला समाज कल्याण अधिकारी');
  assert.deepEqual(near('xqzw'), []);
  assert.deepEqual(near('!!'), []);
});
