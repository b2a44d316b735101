import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { courseInput, createCourse, publishCourse } from '../catalogue/index.ts';
import { enrolLearner } from './enrol-learner.ts';
import { lessonContent } from './lesson-content.ts';
import { submitAttempt } from './submit-attempt.ts';

const world = await openWorld();
after(() => world.close());
const steps = ['हाथ धोएँ', 'थर्मामीटर लगाएँ', 'पढ़ें', 'लिखें', 'बताएँ', 'सुनें', 'समझाएँ', 'लौटें'];
const questions = [
  {
    kind: 'ordering',
    text: 'क्रम',
    items: steps.map((text, at) => ({ code: String.fromCharCode(97 + at), text })),
  },
  {
    kind: 'matching',
    text: 'जोड़ें',
    pairs: steps.map((text, at) => ({ code: `p${at}`, text, match: `${at} बजे` })),
  },
  {
    kind: 'single',
    text: 'चुनें',
    options: [
      { code: 'correct', text: 'हाँ', correct: true },
      { code: 'distractor1', text: 'नहीं', correct: false },
    ],
  },
];
const lesson = { code: 'quiz', kind: 'quiz', title: 'परख', quiz: { questions, attempts: 3 } };
await createCourse(world.system, courseInput.parse({ code: 'keys', title: 'कुंजी', lessons: [lesson] }));
await publishCourse(world.system, 'keys');
const ctx = world.as('sunita');
const { enrolment } = await enrolLearner(ctx, { courseCode: 'keys' });
const at = { enrolmentId: enrolment.id, lessonId: enrolment.lessons[0]?.id ?? '' };
const paper = async () =>
  (await lessonContent(ctx, { id: at.enrolmentId, lessonId: at.lessonId })).quiz?.questions ?? [];

test('what is shown of a quiz before it is handed in tells no key: not by codes, nor by a shuffle that can be worked out', async () => {
  const [ordering, matching, single] = await paper();
  const shown = [
    ...(ordering?.items ?? []),
    ...(matching?.items ?? []),
    ...(matching?.options ?? []),
    ...(single?.options ?? []),
  ];
  const computable = new Set(
    shown.flatMap(({ text }) =>
      [...steps.keys(), 'a', 'p'].flatMap((place) =>
        [`${place}:${JSON.stringify(text)}`, JSON.stringify(text), `${place}`].map((source) =>
          createHash('sha256').update(source).digest('hex').slice(0, 8),
        ),
      ),
    ),
  );
  for (const { code } of shown) {
    assert.ok(!computable.has(code) && !/^(p\d|correct|distractor\d)$/.test(code), code);
  }
  const known = `${at.enrolmentId}:${at.lessonId}:1:q1`;
  const guessed = steps
    .map((text, index) => ({ text, key: createHash('sha256').update(`${known}:${index}`).digest('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ text }) => text);
  assert.notDeepEqual(
    ordering?.items?.map((item) => item.text['hi']),
    guessed,
  );
});

test('answers are right in the codes that were shown; the author’s own count only where they tell nothing', async () => {
  const [ordering, matching, single] = await paper();
  const codeOf = (
    list: { code: string; text: Record<string, string | undefined> }[] | undefined,
    text: string,
  ) => list?.find((one) => one.text['hi'] === text)?.code ?? '';
  const answers = {
    q1: steps.map((text) => codeOf(ordering?.items, text)),
    q2: steps.map((_, place) => codeOf(matching?.options, `${place} बजे`)),
    q3: codeOf(single?.options, 'हाँ'),
  };
  const first = await submitAttempt(ctx, { ...at, answers });
  assert.deepEqual([first.score, first.maxScore, first.isPassed], [3, 3, true]);
  const authors = {
    q1: steps.map((_, place) => String.fromCharCode(97 + place)),
    q2: answers.q2,
    q3: 'correct',
  };
  assert.equal((await submitAttempt(ctx, { ...at, answers: authors })).score, 1);
});

test('the content of a lesson is given in the language of the enrolment, and what is not translated is named', async () => {
  const text = { code: 'l1', kind: 'text', title: 'पाठ', body: 'पानी बचाएँ' };
  const author = world.as('author');
  const course = { code: 'said', officeCode: 'SW', title: 'जल', lessons: [text] };
  await createCourse(author, courseInput.parse(course));
  await publishCourse(author, 'said');
  const app = await world.app();
  const who = await signedIn(world, 'author');
  const headers = { cookie: who.cookie, 'x-csrf-token': who.csrf };
  const url = '/api/v1/courses/said/translations/ur';
  const payload = { text: 'پانی **بچائیں**', sourceHash: '0'.repeat(32) };
  const pieces = await app.inject({ url, headers });
  const piece = pieces.json().items.find((one: { field: string }) => one.field === 'bodyMarkdown');
  payload.sourceHash = piece.sourceHash;
  const saved = await app.inject({ method: 'PUT', url: `${url}/pieces/${piece.place}`, headers, payload });
  assert.equal(saved.json().state, 'done', saved.body);
  const refused = await app.inject({ method: 'POST', url: `${url}/publication`, headers, payload: {} });
  assert.equal(refused.json().code, 'partial');
  const published = await app.inject({
    method: 'POST',
    ...{ url: `${url}/publication`, headers, payload: { acceptsPartial: true } },
  });
  assert.equal(published.statusCode, 204);
  const { enrolment: taken } = await enrolLearner(ctx, { courseCode: 'said', language: 'ur' });
  const content = await lessonContent(ctx, { id: taken.id, lessonId: taken.lessons[0]?.id ?? '' });
  assert.match(content.contents[0]?.html ?? '', /<strong>بچائیں/);
  assert.equal(content.contents[0]?.language, 'ur');
  assert.deepEqual(
    [content.translation?.direction, content.translation?.source, content.translation?.untranslated],
    ['rtl', 'hi', ['title']],
  );
});
