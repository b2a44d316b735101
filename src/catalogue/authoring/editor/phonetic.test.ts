import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidates, transliterate } from './phonetic.ts';

const first =
  'prashikshan प्रशिक्षण vibhag विभाग karmchari कर्मचारी adhikari अधिकारी karyalay कार्यालय yojana योजना suraksha सुरक्षा ' +
  'aavedan आवेदन shikayat शिकायत nirdesh निर्देश jankari जानकारी uttar उत्तर prashn प्रश्न sarkar सरकार nagrik नागरिक ' +
  'pramanpatra प्रमाणपत्र gyan ज्ञान bhasha भाषा seva सेवा niyam नियम kaksha कक्षा';

test('usual words come first as they are spelt, however loosely they are typed', () => {
  const items = first.split(' ');
  const wrong = items.flatMap((typed, at) => {
    if (at % 2 === 1) return [];
    const found = candidates(typed);
    return found[0] === items[at + 1] ? [] : [`${typed}: ${found.join(' ')}`];
  });
  assert.deepEqual(wrong, []);
});

test('a word that nobody knows is written by rule', () => {
  assert.equal(transliterate('mohan'), 'मोहन');
  assert.equal(transliterate('gita'), 'गिता');
  assert.ok(candidates('sitapur').length > 1);
});

test('a word of the same text leads, and no choice stands twice', () => {
  assert.equal(candidates('ramnagar', ['रामनगर'])[0], 'रामनगर');
  const found = candidates('prashikshan');
  assert.equal(new Set(found).size, found.length);
});
