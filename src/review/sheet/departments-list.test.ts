import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameDepartment } from './departments-list.ts';

const home = { nameHi: 'गृह', nameEn: 'Home' };

test('a department is the same one however it says that it is a department, and no other', () => {
  for (const nameEn of ['Home Department', 'Department of Home', 'Dept. of Home', 'HOME'])
    assert.ok(isSameDepartment(home, { nameHi: 'आंतरिक मामले', nameEn }), nameEn);
  assert.ok(isSameDepartment(home, { nameHi: 'गृह विभाग', nameEn: null }));
  assert.ok(!isSameDepartment(home, { nameHi: 'गृह निर्माण विभाग', nameEn: 'Department of Housing' }));
});
