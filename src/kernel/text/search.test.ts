import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { spelledAbbreviations } from './abbreviations.ts';
import { searchDocument, searchQuery } from './index.ts';

/** What PostgreSQL does with `patterns` and LIKE; `tsquery` must find the same. */
function finds(query: string, ...texts: string[]): boolean {
  const document = searchDocument(texts);
  const { patterns, tsquery } = searchQuery(query);
  const isLike = patterns.every((pattern) => document.includes(pattern.slice(1, -1)));
  const tokens = document.split(' ');
  const isMatched = tsquery.split(' & ').every((want) => {
    const start = want.replace(':*', '');
    return tokens.some((token) => (want.endsWith(':*') ? token.startsWith(start) : token === start));
  });
  assert.equal(isLike, isMatched);
  return isLike;
}

test('a word is found whatever script it is typed in', () => {
  assert.ok(finds('prashikshan', 'मिशन कर्मयोगी प्रशिक्षण'));
  assert.ok(finds('प्रशिक्षण', 'Karmayogi Prashikshan'));
  assert.ok(finds('suraksha ki', 'महिला सुरक्षा एवं अधिकार'));
  assert.ok(finds('mahila adhikar', 'महिला सुरक्षा एवं अधिकार'));
  assert.ok(finds('पोषन', 'पोषण अभियान'));
  assert.ok(finds('हिन्दी', 'हिंदी में टिप्पण'));
});

test('a word is found by what the other language calls it', () => {
  assert.ok(finds('cyber security', 'साइबर सुरक्षा का परिचय'));
  assert.ok(finds('साइबर सुरक्षा', 'Introduction to Cyber Security'));
  assert.ok(finds('training', 'प्रशिक्षण'));
  assert.ok(finds('home visit', 'आशा के लिए गृह भेंट'));
  assert.ok(finds('RTI', 'सूचना का अधिकार अधिनियम'));
  assert.ok(finds('AI', 'कृत्रिम बुद्धिमत्ता'));
  assert.ok(finds('stress', 'तनाव प्रबंधन'));
});

test('an abbreviation is found in either script, with stops, apart, and in small letters', () => {
  for (const written of ['OTP', 'O.T.P.', 'ओटीपी', 'ओ.टी.पी.', 'ओ टी पी', 'otp'])
    for (const asked of ['OTP', 'otp', 'o.t.p.', 'o t p', 'ओटीपी', 'ओ.टी.पी.', 'ओ टी पी'])
      assert.ok(finds(asked, `${written} फ्रॉड से बचाव`), `${asked} in ${written}`);
  for (const [latin, hindi] of [
    ['KYC', 'केवाईसी'],
    ['UPI', 'यूपीआई'],
    ['GST', 'जीएसटी'],
    ['FIR', 'एफआईआर'],
    ['ASI', 'एएसआई'],
    ['AC', 'एसी'],
    ['WWW', 'डब्ल्यूडब्ल्यूडब्ल्यू'],
    ['IAS', 'आईएएस'],
    ['CCTV', 'सीसीटीवी'],
  ] as const) {
    assert.ok(finds(hindi, `About ${latin}`), `${hindi} in ${latin}`);
    assert.ok(finds(latin, `${hindi} के बारे में`), `${latin} in ${hindi}`);
  }
});

test('words that only look like letters stay words', () => {
  assert.ok(finds('बीबी', 'बीबी का मकबरा'));
  assert.ok(finds('bibi', 'बीबी का मकबरा'));
  assert.ok(!searchDocument(['गांधी जी आई']).includes(' gi '));
  assert.ok(finds('गांधी जी', 'गांधी जी के विचार'));
  assert.ok(finds('दवा के आई', 'दवा के आई'));
  assert.ok(!searchDocument(['one man']).includes('ओएनई'));
});

test('property: an abbreviation is found as the other script spells it, whatever its letters', () => {
  const letters = fc.array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(letters, (list) => {
      const written = list.join('');
      const spelled = spelledAbbreviations(written, [])[0] ?? '';
      assert.ok(finds(spelled, `${written} guide`), spelled);
      if (list.length > 2) assert.ok(finds(written, `${spelled} परिचय`), spelled);
    }),
  );
});

test('the beginning of a word is enough, and what is not there is not found', () => {
  assert.ok(finds('prashik', 'प्रशिक्षण'));
  assert.ok(finds('cyb', 'Cyber security'));
  assert.ok(!finds('budget', 'प्रशिक्षण'));
  assert.ok(!finds('प्रशिक्षण budget', 'प्रशिक्षण'));
});

test('a skeleton is not taken for an English word', () => {
  assert.ok(!finds('as you like', 'आशा'));
  assert.ok(!searchDocument(['आशा बहू']).split(' ').includes('as'));
});

test('stop words are left out unless there is nothing else', () => {
  assert.deepEqual(searchQuery('सूचना का अधिकार').folded, 'सूचना अधिकार');
  assert.equal(searchQuery('का').folded, 'का');
  assert.deepEqual(searchQuery('  '), { folded: '', skeletons: [], patterns: [], tsquery: '' });
  assert.ok(finds('घर', 'घर भेंट'));
});

test('property: a query made of any text is a well-formed tsquery, and a text finds itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.match(
        searchQuery(text).tsquery,
        /^$|^q[\p{L}\p{M}\p{N}]+(?::\*)?(?: & q[\p{L}\p{M}\p{N}]+(?::\*)?)*$/u,
      );
    }),
  );
  const words = fc.array(
    fc.constantFrom('साइबर', 'का', 'security', 'गृह', 'भेंट', 'and', 'ज्ञान', 'AI', '2026'),
    { minLength: 1 },
  );
  fc.assert(fc.property(words, (list) => assert.ok(finds(list.join(' '), list.join('-')))));
});
