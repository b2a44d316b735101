import assert from 'node:assert/strict';
import { test } from 'node:test';
import { romanise } from './romanise.ts';

test('Hindi becomes the Latin letters that people would type', () => {
  assert.equal(romanise('कार्यालय में साइबर सुरक्षा'), 'karyalay men saibar suraksha');
  assert.equal(romanise('सूचना का अधिकार, भाग २'), 'suchana ka adhikar, bhag 2');
  assert.equal(romanise('RTI 2026'), 'RTI 2026');
});
