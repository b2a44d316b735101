import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readingLevel } from './reading-level.ts';

const easy = 'फ़ाइल खोलें। नाम पढ़ें। फिर पता लिखें। '.repeat(6);
const hard =
  'उपर्युक्त शासनादेशानुसार समस्त कार्यालयाध्यक्षों द्वारा अधीनस्थ कार्मिकों की व्यक्तिगत पत्रावलियों का परीक्षण करते हुए निर्धारित प्रपत्र पर आख्या उपलब्ध कराया जाना सुनिश्चित किया जाए तथा अनुपालन की सूचना भी भेजी जाए। '.repeat(
    2,
  );

test('short sentences of short words read easily, a sentence of an order does not', () => {
  assert.equal(readingLevel(easy)?.level, 'easy');
  assert.equal(readingLevel(hard)?.level, 'hard');
  assert.equal(readingLevel(hard)?.longest.length, 2);
});

test('English words in a Hindi text are counted, signs of Markdown and addresses are not', () => {
  const mixed = readingLevel(`${easy}\n\n[password](https://example.in/a-b-c) update करें।`);
  assert.ok(mixed && mixed.latinWords > 0 && mixed.latinWords < 0.1);
  assert.equal(readingLevel(`## ${easy} ![x](/media/y)`)?.latinWords, 0);
});

test('of a few words nothing is said', () => {
  assert.equal(readingLevel('नमस्ते।'), undefined);
  assert.equal(readingLevel('Only English words here. '.repeat(20)), undefined);
});
