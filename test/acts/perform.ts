import { castOffices } from '../../demo/cast.ts';
import { courseByCode, publishCourse, saveCourseDraft } from '../../src/catalogue/index.ts';
import { foldCounters } from '../../src/insight/index.ts';
import type { Ctx } from '../../src/kernel/context.ts';
import { todayInIndia } from '../../src/kernel/dates.ts';
import { notFound, Refusal } from '../../src/kernel/errors.ts';
import { commitImport, dropStaging, undoImport } from '../../src/kernel/imports/index.ts';
import { enrolLearner } from '../../src/learning/enrol-learner.ts';
import { followVersion } from '../../src/learning/redo/follow-version.ts';
import { reportEngagement } from '../../src/learning/report-engagement.ts';
import { withdrawLearner } from '../../src/learning/withdraw-learner.ts';
import { keepFieldCadres, listCadres } from '../../src/organisations/cadres/keep-field-cadres.ts';
import { closeOffice } from '../../src/organisations/desk/close-office.ts';
import { addOffice, editOffice } from '../../src/organisations/desk/keep-office.ts';
import { addPerson } from '../../src/people/desk/add-person.ts';
import { addPosting } from '../../src/people/desk/add-posting.ts';
import { correctPosting } from '../../src/people/desk/correct-posting.ts';
import { endPosting } from '../../src/people/desk/end-posting.ts';
import { mergePersons } from '../../src/people/desk/merge-persons.ts';
import { movePerson } from '../../src/people/desk/move-person.ts';
import { personRecord } from '../../src/people/desk/stores/person-record.ts';
import { personsWithCode } from '../../src/people/desk/stores/person-writes.ts';
import { openSession } from '../../src/people/index.ts';
import { approveRegistration } from '../../src/people/registration/decide-registration.ts';
import { listRegistrations } from '../../src/people/registration/registrations.ts';
import { requestRegistration } from '../../src/people/registration/request-registration.ts';
import { takeSome } from '../../src/reports/stores/digests.ts';
import { csv, receive } from '../imports/files.ts';
import { compare } from './compare.ts';
import type { Act } from './random-acts.ts';
import { courseHere, type Run } from './small-world.ts';

type Of<Kind extends Act['act']> = Extract<Act, { act: Kind }>;
type Performers = { [Kind in Act['act']]: (run: Run, act: Of<Kind>) => Promise<unknown> };

/** Does it as its feature does; false where it is refused, which any act may be. */
export async function perform(run: Run, act: Act): Promise<boolean> {
  const performer = performers[act.act] as (run: Run, act: Act) => Promise<unknown>;
  try {
    await performer(run, act);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

const issuer = 'EHRMS';

const performers: Performers = {
  look: (run, look) => compare(run.world, look),
  add: ({ world }, { who, office, on }) =>
    addPerson(world.system, {
      ...{ nameHi: 'आगंतुक', code: who, issuer, language: 'hi' },
      ...{ officeCode: office, startsOn: on },
    }),
  async register({ world: { system } }, { who, office, on }) {
    const asked = { nameHi: 'आगंतुक', code: who, issuer, mobile: '9800000001', officeCode: office };
    await requestRegistration(system, asked);
    const request = (await listRegistrations(system)).find(({ code }) => code === who);
    if (!request) throw notFound();
    await approveRegistration(system, { registrationId: request.registrationId, startsOn: on });
  },
  roster: (run, { rows }) =>
    bring(run, 'roster', [
      'employee_code,name_hi,office_code,posting_kind,posted_on,posted_until,group,cadre',
      ...rows.map(({ who, office, kind, on, until = '', group, cadre }) =>
        [who, 'आगंतुक', office, kind, on, until, group, cadre].join(),
      ),
    ]),
  async 'sign in'({ world }, { who }) {
    const personId = await idOf(world.system, who);
    const sign = { personId, method: 'password', browser: { device: 'test' } } as const;
    await world.runtime.db.transaction((tx) => openSession(tx, world.system, sign));
  },
  async merge({ world: { system } }, { who, into }) {
    await mergePersons(system, { survivorId: await idOf(system, into), mergedId: await idOf(system, who) });
  },
  async post({ world: { system } }, { who, office, kind, on, until }) {
    const days = { startsOn: on, ...(until ? { endsOn: until } : {}) };
    await addPosting(system, { personId: await idOf(system, who), officeCode: office, kind, ...days });
  },
  async end({ world: { system } }, { who, nth, on, reason }) {
    await endPosting(system, { ...(await postingOf(system, who, nth)), endsOn: on, endReason: reason });
  },
  async correct({ world: { system } }, { who, nth, from, until }) {
    const days = { startsOn: from, endsOn: until ?? null };
    await correctPosting(system, { ...(await postingOf(system, who, nth)), ...days, reason: 'आदेश' });
  },
  async move({ world: { system } }, { who, office, on }) {
    await movePerson(system, { personId: await idOf(system, who), officeCode: office, startsOn: on });
  },
  completions: (run, { rows }) =>
    bring(run, 'completions', [
      'employee_code,course_code,completed_on',
      ...rows.map(({ who, course, on }) => [who, course, on].join()),
    ]),
  enrol: enrolHere,
  async withdraw(run, { who }) {
    await withdrawLearner(await learner(run, who), run.enrolments.get(who) ?? none());
  },
  async learn(run, { who }) {
    const { id: enrolmentId, lessons } = await enrolHere(run, { who });
    const ctx = await learner(run, who);
    for (const { id: lessonId } of lessons)
      await reportEngagement(ctx, { enrolmentId, lessonId, seconds: 60 });
  },
  attendance: (run, { session, rows }) =>
    bring(run, 'attendance', [
      'session_code,title,day,minutes,mode,course_code,employee_code,minutes_present',
      ...rows.map(({ who, minutes }) => `${session},प्रशिक्षण,${sessions[session]},${who},${minutes}`),
    ]),
  hang: (run, { office, below }) =>
    bring(run, 'offices', ['office_code,name_hi,parent_code', `${office},"${nameOf(office)}",${below}`]),
  place: ({ world }, { office, area }) => editOffice(world.system, { code: office, areaCode: area }),
  open: ({ world }, { below, area }) =>
    addOffice(world.system, { parentCode: below, code: 'NEW', nameHi: nameOf('NEW'), areaCode: area }),
  close: ({ world }, { office, on }) => closeOffice(world.system, { code: office, validUntil: on }),
  course: (run, { course, tags, minutes }) =>
    bring(run, 'courses', [
      'course_code,title_hi,duration_minutes,tags',
      `${course},${course},${minutes},${tags}`,
    ]),
  async 'everybody again'(run) {
    const { system } = run.world;
    run.versions += 1;
    await saveCourseDraft(system, 'K-HERE', courseHere(run.versions));
    await publishCourse(system, 'K-HERE', { redo: 'everybody' });
    await followVersion(system, (await courseByCode(system.db, 'K-HERE'))?.currentVersionId ?? none());
  },
  async 'field cadre'({ world: { system } }, { isField }) {
    const { field, others } = await listCadres(system);
    const shown = [...field, ...others].map(({ cadreId }) => cadreId);
    await keepFieldCadres(system, { shown, field: isField ? shown : [] });
  },
  async undo(run, { nth }) {
    const id = run.imports.at(-1 - nth) ?? none();
    await undoImport(run.world.system, id);
    run.imports = run.imports.filter((one) => one !== id);
  },
  async wait({ world: { clock } }, { days }) {
    clock.set(new Date(clock.now().getTime() + days * 86_400_000));
  },
  fold: ({ world }) => foldCounters(world.runtime),
  'take up': ({ world: { runtime, clock } }, { most }) =>
    takeSome(runtime.db, todayInIndia(clock), { atOnce: most, built: most }),
};

export const kinds = Object.keys(performers);

/** Day, minutes, mode and course. */
const sessions = {
  'S-ROOM': '2026-10-31,120,classroom,',
  'S-COURSE': '2026-11-02,120,residential,K-AI',
  'S-ONLINE': '2026-11-05,120,online,',
};

function none(): never {
  throw notFound();
}

function nameOf(office: string): string {
  return castOffices.find(({ code }) => code === office)?.nameHi ?? 'नया';
}

async function bring(run: Run, kind: string, [heading = '', ...rows]: string[]): Promise<void> {
  const { system } = run.world;
  const id = await receive(system, kind, csv(heading, ...rows));
  try {
    await commitImport(system, id);
    run.imports.push(id);
  } finally {
    await dropStaging(system.db, id);
  }
}

/** Of whoever has the code now, as an officer finds him. */
async function idOf(ctx: Ctx, code: string): Promise<string> {
  const [person] = await personsWithCode(ctx.db.read, { code, issuer });
  return person?.personId ?? none();
}

async function postingOf(ctx: Ctx, code: string, nth: number) {
  const person = await personRecord(ctx.db.read, await idOf(ctx, code));
  const posting = person?.postings[nth] ?? none();
  return { personId: person?.personId ?? none(), postingId: posting.postingId };
}

async function learner({ world }: Run, code: string): Promise<Ctx> {
  const personId = await idOf(world.system, code);
  const { actor, ...ctx } = world.as('sunita');
  return { ...ctx, actor: { ...actor, personId, grants: [] } as Ctx['actor'] };
}

async function enrolHere(run: Run, { who }: { who: string }) {
  const { enrolment } = await enrolLearner(await learner(run, who), { courseCode: 'K-HERE' });
  run.enrolments.set(who, enrolment.id);
  return enrolment;
}
