import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialsOf, isSameName, nameKey } from './index.ts';

test('a name has one key in either script, in any order, with or without honorifics', () => {
  const same: string[][] = [
    ['Dr. Ram Prasad', 'प्रसाद राम', 'श्री राम प्रसाद', 'RAM  PRASAD', 'डॉ. राम प्रसाद'],
    ['Smt. Sunita Devi', 'सुनीता देवी', 'SUNITA DEVI', 'श्रीमती सुनीता देवी'],
    ['Anil Kumar Yadav', 'अनिल कुमार यादव'],
    ['Pankaj Mishra', 'पंकज मिश्रा', 'पङ्कज मिश्र'],
    ['Mohd. Arif', 'मो. आरिफ'],
    ['Krishna Sinha', 'कृष्णा सिन्हा'],
  ];
  for (const names of same) assert.equal(new Set(names.map(nameKey)).size, 1, names.map(nameKey).join(' | '));
});

test('different names have different keys', () => {
  const names = ['Ram Prasad', 'Ram Prakash', 'Sita Devi', 'Geeta Devi', 'Anil Kumar', 'Sunil Kumar'];
  assert.equal(new Set(names.map(nameKey)).size, names.length);
});

test('initials may stand for names, but not for all of them', () => {
  assert.ok(isSameName('R. K. Sharma', 'राम कुमार शर्मा'));
  assert.ok(isSameName('Ram K Sharma', 'R Kumar Sharma'));
  assert.ok(!isSameName('S. K. Sharma', 'राम कुमार शर्मा'));
  assert.ok(!isSameName('R. K.', 'Ram Kumar'));
  assert.ok(!isSameName('Ram Sharma', 'Ram Kumar Sharma'));
  assert.ok(!isSameName('', ''));
});

test('initials keep a Devanagari letter whole and leave honorifics out', () => {
  assert.equal(initialsOf('श्री राम प्रसाद'), 'राप्र');
  assert.equal(initialsOf('क्षितिज'), 'क्षि');
  assert.equal(initialsOf('anil kumar singh'), 'AS');
  assert.equal(initialsOf('Dr. Ömer'), 'Ö');
  assert.equal(initialsOf('—'), '');
});
