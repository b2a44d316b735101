import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addFieldTexts, fieldText } from './field-texts.ts';

test('a field text answers for the form that named it alone: a second sentence under its code is refused', () => {
  const text = { hi: 'नमूना लिखें।', en: 'Write the sample.' };
  addFieldTexts({ sample_needed: text });
  addFieldTexts({ sample_needed: { ...text } });
  assert.throws(
    () => addFieldTexts({ sample_needed: { hi: 'दूसरा लिखें।', en: 'Write another.' } }),
    /sample_needed/,
  );
  assert.deepEqual(fieldText('sample_needed'), text);
});
