import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { projectRoot } from '../../src/kernel/project-root.ts';
import { makeToken } from '../../src/people/index.ts';
import { loadDemonstrationSignIns } from '../../src/people/sign-in/load-demonstration.ts';
import { runJobsOnce } from '../run-jobs.ts';
import { openWorld } from '../world.ts';
import { sqlOf } from './sql-of.ts';

// Leaves what the program of today writes, as SQL, for the upgrade tests of later versions. Done once at a release;
// the file is never made again, since only this version's program can:
// node --import tsx test/upgrade/write-release.ts NAME

const [name = 'next'] = process.argv.slice(2);
const world = await openWorld();
const app = await world.app();
await loadDemonstrationSignIns(world.system);
const publisher = await bearer(makeToken(world.system, { officeCode: 'UP', role: 'publisher' }));
const nodal = await bearer(makeToken(world.system, { officeCode: 'UP', role: 'nodal' }));
const learners = ['SW2001', 'SW1001', 'SW1002'];
const roster = `employee_code,name_hi,office_code,group,engagement,joined_on,posted_on,posting_kind,posted_until
RL0001,सीता देवी,SW-BBK,C,permanent,2015-01-01,2020-04-01,regular,
RL0002,अब्दुल रहीम,SW-JHS,B,contract,2019-07-01,2019-07-01,regular,2026-06-30
RL0003,गोपाल दास,SW-BBK,C,permanent,2016-01-01,2021-04-01,regular,
RL0003,गोपाल दास,HF-BBK,C,permanent,2016-01-01,2025-04-01,additional_charge,
RL0004,मीरा कुमारी,HF-BBK-CHC,D,outsourced,2024-02-01,2024-02-01,regular,
`;
const completions = `employee_code,course_code,completed_on,source,certificate_no
RL0001,CYBER,2026-05-02,iGOT,IG-1
RL0001,CYBER,2026-09-02,iGOT,IG-2
RL0001,AI,2025-05-02,iGOT,IG-3
RL0002,AI,2026-07-15,iGOT,
RL0003,CYBER,2026-04-30,iGOT,IG-4
SW1004,CYBER,2026-03-31,iGOT,
`;
const order = {
  order: { number: '4/2026/उन्नयन', date: '2026-04-01', issuer: 'समाज कल्याण विभाग' },
  title: { hi: 'वर्ष में दो कोर्स, एक एआई का', en: 'Two courses a year, one on AI' },
  scope: { offices: ['UP'] },
  window: { from: '2026-04-01', to: '2027-03-31' },
  condition: { allOf: [{ courses: { atLeast: 2 } }, { courses: { atLeast: 1, tag: 'ai' } }] },
  countRenewals: true,
};
const orderUrl = `/mandates/${encodeURIComponent(order.order.number)}/summary?office=UP`;

await importFile('roster', roster);
await publishCourse('CYBER', ['cyber']);
await publishCourse('AI', ['ai']);
const [first = '', second = '', third = ''] = learners;
await takeCourse(first, 'CYBER');
await takeCourse(first, 'AI');
await takeCourse(second, 'CYBER');
await post('/enrolments', await learner(third), { courseCode: 'AI' });
const withdrawn = await post('/enrolments', await learner(second), { courseCode: 'AI' });
await post(`/enrolments/${withdrawn.id}/withdrawal`, await learner(second), {});
await importFile('completions', completions);
const found = await call('GET', '/persons?q=RL0003', nodal);
await post(`/persons/${found.items[0].id}/transfers`, nodal, {
  ...{ officeCode: 'SW-JHS', startsOn: '2026-11-01', reason: 'स्थानान्तरण आदेश 4' },
});
await publishOrder();
await runJobsOnce(world);
const shown = [`-- figures: ${await figures('/offices/UP/summary')}`, `-- order: ${await figures(orderUrl)}`];
const text = await sqlOf(world.runtime.db);
writeFileSync(join(projectRoot(), 'test/upgrade', `${name}.sql`), `${shown.join('\n')}\n\n${text}`);
await world.close();

/** What this version shows, which later ones must show of the same events. */
async function figures(path: string): Promise<string> {
  const reply = await app.inject({ url: `/api/v1${path}`, headers: nodal });
  return reply.statusCode === 404 ? 'null' : JSON.stringify(answered(reply));
}

/** An order in force, where this version knows orders. */
async function publishOrder(): Promise<void> {
  const url = '/api/v1/imports/mandate?commit=true';
  const reply = await app.inject({ method: 'POST', url, headers: nodal, payload: order });
  if (reply.statusCode !== 404) answered(reply);
}

async function takeCourse(employeeCode: string, courseCode: string): Promise<void> {
  const headers = await learner(employeeCode);
  const { id, lessons } = await post('/enrolments', headers, { courseCode });
  await post('/engagement', headers, { enrolmentId: id, lessonId: lessons[0].id, seconds: 0 });
  await post(`/enrolments/${id}/lessons/${lessons[0].id}/attempts`, headers, { answers: { q: 1930 } });
}

async function publishCourse(code: string, tags: string[]): Promise<void> {
  const questions = [{ code: 'q', kind: 'numeric', text: 'हेल्पलाइन का नंबर?', answer: 1930 }];
  await post('/courses', publisher, {
    ...{ code, tags, language: 'hi', title: { hi: `पाठ्यक्रम ${code}`, en: `Course ${code}` } },
    lessons: [
      {
        ...{ code: 'quiz', kind: 'quiz', title: 'जाँच', durationMinutes: 5 },
        quiz: { passShare: 0.5, attempts: 2, questions },
      },
    ],
  });
  await post(`/courses/${code}/publication`, publisher, {});
}

async function importFile(kind: string, text: string): Promise<void> {
  const reply = await app.inject({
    ...{ method: 'POST', url: `/api/v1/imports/${kind}?commit=true`, payload: text },
    headers: { ...nodal, 'content-type': 'text/csv' },
  });
  const { rejected } = answered(reply);
  if (rejected !== 0) throw new Error(reply.body);
}

async function learner(employeeCode: string) {
  return bearer(makeToken(world.system, { employeeCode }));
}

async function bearer(token: Promise<string>) {
  return { authorization: `Bearer ${await token}` };
}

async function post(url: string, headers: Record<string, string>, payload: object) {
  return call('POST', url, headers, payload);
}

async function call(method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: object) {
  return answered(await app.inject({ method, url: `/api/v1${url}`, headers, payload }));
}

function answered(reply: LightMyRequestResponse) {
  if (reply.statusCode >= 300) throw new Error(`${reply.statusCode} ${reply.body}`);
  return reply.body ? reply.json() : undefined;
}
