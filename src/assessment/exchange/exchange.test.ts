import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { normaliseQuestion, type Question, shareFor } from '../../catalogue/index.ts';
import { questionInput } from '../schema.ts';
import { anyQuestion, keyOf } from '../test-questions.ts';
import { readGift } from './gift-read.ts';
import { writeGift } from './gift-write.ts';
import { readQti, unzipped } from './qti-read.ts';
import { writeQti } from './qti-write.ts';

function kept(given: unknown): Question {
  return normaliseQuestion(questionInput.parse(given), 'hi');
}

/** What survives a file in one language: the words and the key, not the codes of options. */
function gist(question: Question) {
  const say = (text: { hi?: string }) => text.hi;
  const base = {
    kind: question.kind,
    text: say(question.text),
    explanation: say(question.explanation ?? {}),
  };
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return { ...base, options: question.options.map((one) => [say(one.text), one.correct]) };
    case 'ordering':
      return { ...base, items: question.items.map((one) => say(one.text)) };
    case 'matching':
      return {
        ...base,
        pairs: question.pairs.map((pair) => [say(pair.text), say(pair.match.text)]),
        distractors: question.distractors.map((one) => say(one.text)),
      };
    case 'numeric':
      return { ...base, answer: question.answer, tolerance: question.tolerance };
    case 'truth':
      return { ...base, answer: question.answer };
    case 'fill':
      return { ...base, accepted: question.accepted };
    default:
      return { ...base, rubric: question.rubric.map((one) => say(one.text)) };
  }
}

const spelled = fc
  .string({
    unit: fc.constantFrom('अ', 'क', 'a', ' ', '~', '=', '#', '{', '}', ':', '\\', '&', '<', '"', '%', '-'),
    maxLength: 12,
  })
  .map((text) => `प्र${text.replace(/\s+/g, ' ').replaceAll('->', '').replaceAll('::', '')}श्न`);
const anyShort = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
  .map((weights): Question => {
    const whole = weights.reduce((sum, one) => sum + one, 0);
    const rubric = weights.map((one, at) => ({
      code: `r${at}`,
      text: { hi: `बिंदु ${at}` },
      share: one / whole,
    }));
    return { ...{ code: 'q', kind: 'short', text: { hi: 'क्यों?' }, points: 1, maxWords: 60 }, rubric };
  });
const written = fc
  .record({
    content: fc.oneof({ weight: 7, arbitrary: anyQuestion }, { weight: 1, arbitrary: anyShort }),
    text: spelled,
    explanation: spelled,
    difficulty: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ content, text, explanation, difficulty }) => ({
    ...{ code: 'q1', tags: ['otp', 'फ़िशिंग'], difficulty },
    content: { ...content, text: { hi: text }, explanation: { hi: explanation } } as Question,
  }));

test('property: a question written as GIFT is read back with its words, key, tags and difficulty', () => {
  fc.assert(
    fc.property(written, (one) => {
      const { text, notTaken } = writeGift([one], 'hi');
      if (one.content.kind === 'ordering') return assert.equal(notTaken.length, 1);
      // An essay of GIFT has no points to mark by; its words come back.
      if (one.content.kind === 'short') return assert.equal(readGift(text, 'hi').questions.length, 1);
      const read = readGift(text, 'hi');
      assert.deepEqual(read.notTaken, []);
      const [given] = read.questions as { tags: string[]; difficulty: number; code: string }[];
      assert.deepEqual(gist(kept(given)), gist(one.content));
      assert.deepEqual([given?.code, given?.tags, given?.difficulty], ['q1', one.tags, one.difficulty]);
      return undefined;
    }),
  );
});

test('property: a question written as QTI 3 is read back with its words, key, points, tags and difficulty', async () => {
  await fc.assert(
    fc.asyncProperty(written, async (one) => {
      const question = { ...one.content, points: 2 } as Question;
      const read = await readQti(await writeQti([{ ...one, content: question }], 'hi'), 'hi');
      assert.deepEqual(read.notTaken, []);
      const [given] = read.questions as { tags: string[]; difficulty: number; points: number }[];
      const back = kept(given);
      assert.deepEqual(gist(back), gist(question));
      if (back.kind !== 'short') assert.equal(shareFor(back, keyOf(back)), 1);
      if (question.kind === 'numeric')
        assert.equal(back.kind === 'numeric' && back.unit?.hi, question.unit?.hi);
      if (question.kind === 'fill') assert.equal(back.kind === 'fill' && back.anyScript, question.anyScript);
      // Out again the file says the same: nothing is lost by a second way.
      const again = await readQti(await writeQti([{ ...one, content: back }], 'hi'), 'hi');
      assert.deepEqual(gist(kept(again.questions[0])), gist(question));
      assert.deepEqual([given?.points, given?.tags, given?.difficulty], [2, one.tags, one.difficulty]);
    }),
    { numRuns: 60 },
  );
});

test('short answers go as QTI with their rubric, and as a GIFT essay without', async () => {
  const content: Question = {
    ...{ code: 'q', kind: 'short', text: { hi: 'क्यों?' }, points: 5, maxWords: 50 },
    rubric: [
      { code: 'a', text: { hi: 'पहला बिंदु' }, share: 0.4 },
      { code: 'b', text: { hi: 'दूसरा बिंदु' }, share: 0.6 },
    ],
  };
  const one = { code: 'q1', tags: [], difficulty: 2, content };
  const [given] = (await readQti(await writeQti([one], 'hi'), 'hi')).questions;
  const back = kept(given);
  assert.deepEqual(gist(back), gist(content));
  assert.deepEqual(back.kind === 'short' && [back.rubric.map((part) => part.share), back.maxWords], [
    [0.4, 0.6],
    50,
  ]);
  const essay = kept(readGift(writeGift([one], 'hi').text, 'hi').questions[0]);
  assert.equal(essay.kind, 'short');
});

test('property: every file of a QTI package is well-formed XML with its namespaces, its manifest names each item once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 4 }), async (questions) => {
      const coded = questions.map((one, at) => ({ ...one, code: `प्र.${at}` }));
      const files = await unzipped(await writeQti(coded, 'hi'));
      for (const [path, text] of files) {
        const parser = new SaxesParser({ xmlns: true, fileName: path });
        parser.on('error', (error) => assert.fail(error));
        parser.write(text).close();
      }
      const named = [...(files.get('imsmanifest.xml') ?? '').matchAll(/<file href="([^"]+)"/g)].map(
        ([, href]) => href,
      );
      assert.deepEqual(
        named,
        [...files.keys()].filter((path) => path !== 'imsmanifest.xml'),
      );
      assert.equal((await readQti(await writeQti(coded, 'hi'), 'hi')).questions.length, coded.length);
    }),
    { numRuns: 30 },
  );
});

test('GIFT as Moodle writes it is read, and what cannot be taken is told with its line', () => {
  const text = `// question: 12  name: OTP
$CATEGORY: $course$/top/Default

// [id:otp-1] [tag:otp]
::OTP::[html]<p>OTP किसे बताएँ?</p>{
  ~बैंक को#गलत
  =किसी को नहीं#सही
  ~मित्र को
}

Two plus two is {#4:0}.

::Range::Pick one {#1..5}

Who's buried in Grant's tomb?{=Grant =Ulysses S. Grant}

The sun rises in the east.{T#yes}

Cities. {
  =Canada -> Ottawa
  =Italy -> Rome
  =-> Paris
}

A description without answers.

Weights {~%50%one ~%50%two ~%-100%three}

Half {=%50%half =whole}
`;
  const { questions, notTaken } = readGift(text, 'hi');
  const kinds = questions.map((one) => kept(one).kind);
  assert.deepEqual(kinds, ['single', 'numeric', 'numeric', 'fill', 'truth', 'matching', 'multiple']);
  assert.deepEqual(
    notTaken.map((one) => one.place),
    ['25', '29'],
  );
  const numeric = kept(questions[1]);
  assert.equal(numeric.text.hi, 'Two plus two is ____ .');
  const range = kept(questions[2]);
  assert.deepEqual(range.kind === 'numeric' && [range.answer, range.tolerance], [3, 2]);
});

test('what is no package, declares a document type or asks in another way is told, never a crash', async () => {
  await assert.rejects(readQti(Buffer.from('PK broken'), 'hi'), { reason: 'unreadable_file' });
  const bomb =
    '<!DOCTYPE x [<!ENTITY a "aaaa">]><qti-assessment-item identifier="x">&a;</qti-assessment-item>';
  assert.equal((await readQti(Buffer.from(bomb), 'hi')).notTaken.length, 1);
  const hotspot =
    '<qti-assessment-item identifier="x"><qti-item-body><qti-hotspot-interaction response-identifier="R"/></qti-item-body></qti-assessment-item>';
  const [told] = (await readQti(Buffer.from(hotspot), 'hi')).notTaken;
  assert.match(told?.reason.en ?? '', /hotspotinteraction/);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      await readQti(Buffer.from(bytes), 'hi').catch((error) => assert.equal(error.reason, 'unreadable_file'));
    }),
    { numRuns: 50 },
  );
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'ab ~={}#:\\->%TF\n/') }),
      (text) => readGift(text, 'en') && true,
    ),
  );
});

test('a brace that is not closed spoils its own question alone', () => {
  const { questions, notTaken } = readGift(
    '::one:: क {T}\n\n::bad:: टूटा { =क ~ख\n\n::num:: कितने? {#30:1}',
    'hi',
  );
  assert.deepEqual([questions.length, notTaken.map((one) => [one.place, one.title])], [2, [['3', 'bad']]]);
});

test('odd GIFT files of the largest size are read in one pass', { timeout: 20_000 }, () => {
  const odd = [
    `[html]${'<'.repeat(1_000_000)}{T}`,
    `सच? {${'\n'.repeat(1_000_000)}`,
    `// ${'[tag:'.repeat(500_000)}\nसच? {T}`,
  ];
  assert.deepEqual(
    odd.map((text) => readGift(text, 'hi').questions.length),
    [1, 0, 1],
  );
});
