import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openWorld } from '../../test/world.ts';
import { makeToken } from '../people/index.ts';
import { searchCertificates } from './list-certificates.ts';

const world = await openWorld();
after(() => world.close());

test('who finishes a course honestly through the API holds its certificate at once, with the score', async () => {
  const app = await world.app();
  const publisher = await bearer(makeToken(world.system, { officeCode: 'UP', role: 'publisher' }));
  const learner = await bearer(makeToken(world.system, { employeeCode: 'SW2001' }));
  const call = async (method: 'GET' | 'POST', url: string, headers: object, payload?: object) => {
    const reply = await app.inject({ method, url: `/api/v1${url}`, headers: { ...headers }, payload });
    assert.ok(reply.statusCode < 300, `${url}: ${reply.statusCode} ${reply.body}`);
    return reply.json();
  };
  await call('POST', '/courses', publisher, quizCourse);
  await call('POST', '/courses/WHOLE/publication', publisher);
  const enrolment = await call('POST', '/enrolments', learner, { courseCode: 'WHOLE' });
  const lessonId = enrolment.lessons[0].id;
  await call('POST', '/engagement', learner, { enrolmentId: enrolment.id, lessonId, seconds: 0 });
  assert.deepEqual((await call('GET', '/me/certificates', learner)).items, []);
  const answers = { q1: 1930, q2: 0 };
  await call('POST', `/enrolments/${enrolment.id}/lessons/${lessonId}/attempts`, learner, { answers });
  const { items } = await call('GET', '/me/certificates', learner);
  assert.deepEqual([items.length, items[0].courseCode, items[0].state], [1, 'WHOLE', 'valid']);
  const check = await app.inject({
    url: `/verify/${items[0].certificateNo}`,
    headers: { accept: 'application/json' },
  });
  assert.deepEqual(
    [check.json().valid, check.json().name, check.json().course],
    [true, 'इमरान ख़ान', 'पूरा पाठ्यक्रम'],
  );
  const [kept] = await searchCertificates(world.as('anita'), items[0].certificateNo);
  assert.equal(kept?.content.scorePercent, 50);
  const pdf = await app.inject({ url: `/certificates/${items[0].certificateNo}.pdf`, headers: learner });
  assert.equal(pdf.rawPayload.subarray(0, 4).toString(), '%PDF');
});

const quizCourse = {
  code: 'WHOLE',
  title: { hi: 'पूरा पाठ्यक्रम', en: 'Whole course' },
  language: 'hi',
  tags: ['cyber'],
  lessons: [
    {
      code: 'quiz',
      kind: 'quiz',
      title: 'जाँच',
      durationMinutes: 5,
      quiz: {
        passShare: 0.5,
        attempts: 2,
        questions: [
          { code: 'q1', kind: 'numeric', text: 'हेल्पलाइन?', answer: 1930 },
          { code: 'q2', kind: 'numeric', text: 'दो और दो?', answer: 4 },
        ],
      },
    },
  ],
};

async function bearer(token: Promise<string>) {
  return { authorization: `Bearer ${await token}` };
}
