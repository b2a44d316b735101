import { createReadStream } from 'node:fs';
import type { Ctx } from '../kernel/context.ts';
import { addDays, appraisalYear, type Day, todayInIndia } from '../kernel/dates.ts';
import { Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Storage } from '../kernel/storage.ts';
import { officeByCode } from '../organisations/index.ts';
import { makeClaim } from './claims/make-claim.ts';
import { grantExemption } from './exemptions/grant-exemption.ts';
import { askExtension } from './extensions/ask-extension.ts';
import { recordServiceEvent } from './service/record-service-event.ts';
import {
  type DemonstrationPerson,
  hasRequests,
  personWithCode,
  staffForDemonstration,
} from './stores/demonstration.ts';
import { orderByNumber } from './stores/orders.ts';

type Desk = { storage: Storage; certificate: string; mandate: string };
type Staff = [DemonstrationPerson, DemonstrationPerson, DemonstrationPerson, DemonstrationPerson];

/**
 * Two leaves, an exemption, a claim and two requests for time of invented people, by the commands that they and
 * their nodal officer use. Nobody completes anything by it, so the published figures stand.
 */
export async function fillDemonstrationDesks(ctx: Ctx, desk: Desk): Promise<void> {
  const [barabanki, jhansi, officer] = await Promise.all([
    staffForDemonstration(ctx.db.read, { office: 'SW-BBK', count: 4 }),
    staffForDemonstration(ctx.db.read, { office: 'SW-JHS', count: 4 }),
    nodalOfficer(ctx),
  ]);
  // A small installation has the cast alone, and tests that need its desks empty.
  if (!officer || !isWhole(barabanki) || !isWhole(jhansi) || (await hasRequests(ctx.db.read))) return;
  const today = todayInIndia(ctx.clock);
  await recordAbsences(officer, { today, now: barabanki[0], before: jhansi[0] });
  const exemption = {
    ...{ mandate: desk.mandate, reasonClass: 'medical' as const, orderNumber: 'नमूना/छूट/7' },
    ...{ reason: 'चिकित्सक की सलाह पर', startsOn: addDays(today, -20), endsOn: lastDay(today) },
  };
  await unlessDone(grantExemption(officer, barabanki[1].personId, exemption));
  await claimCourse(actingAs(ctx, barabanki[2]), { today, desk });
  await askTime(actingAs(ctx, barabanki[3]), { today, desk, reason: 'निर्वाचक नामावली के पुनरीक्षण में ड्यूटी' });
  await askTime(actingAs(ctx, jhansi[1]), { today, desk, reason: 'छात्रवृत्ति सत्यापन की अंतिम तिथि साथ में है' });
}

/** A first start that was killed half-way does the rest; what is there already stays. */
async function unlessDone(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Refusal && error.code === 'conflict')) throw error;
  });
}

function isWhole(staff: DemonstrationPerson[]): staff is Staff {
  return staff.length === 4;
}

function lastDay(today: Day): Day {
  return appraisalYear(today).to;
}

function actingAs(
  ctx: Ctx,
  person: DemonstrationPerson,
  grants: { role: string; scopeId: string }[] = [],
): Ctx {
  const names = { nameHi: person.nameHi ?? '', nameEn: person.nameEn ?? '' };
  const actor = { kind: 'person', personId: person.personId, sessionId: newId(), ...names } as const;
  return { ...ctx, actor: { ...actor, grants, secondFactorDone: true } };
}

async function nodalOfficer(ctx: Ctx): Promise<Ctx | undefined> {
  const [person, office] = await Promise.all([
    personWithCode(ctx.db.read, 'SW1003'),
    officeByCode(ctx, 'SW'),
  ]);
  return person && office && actingAs(ctx, person, [{ role: 'nodal', scopeId: office.officeId }]);
}

type Absences = { today: Day; now: DemonstrationPerson; before: DemonstrationPerson };

async function recordAbsences(officer: Ctx, { today, now, before }: Absences): Promise<void> {
  const kind = 'long_leave';
  const running = { kind, startsOn: addDays(today, -60), orderNumber: 'नमूना/अवकाश/12' } as const;
  await unlessDone(recordServiceEvent(officer, now.personId, { ...running, reason: 'बाल्य देखभाल अवकाश' }));
  const ended = { kind, startsOn: addDays(today, -100), endsOn: addDays(today, -55) } as const;
  const more = { orderNumber: 'नमूना/अवकाश/9', reason: 'शल्य चिकित्सा के बाद विश्राम' };
  await unlessDone(recordServiceEvent(officer, before.personId, { ...ended, ...more }));
}

type Asked = { today: Day; desk: Desk };

async function claimCourse(person: Ctx, { today, desk }: Asked): Promise<void> {
  const claim = {
    ...{ title: 'सूचना का अधिकार अधिनियम, 2005', provider: 'राज्य सूचना आयोग (नमूना)', minutes: 240 },
    ...{ completedOn: addDays(today, -12), certificateNo: 'नमूना-RTI-0001' },
  };
  const source = createReadStream(desk.certificate);
  await unlessDone(makeClaim(person, desk.storage, { claim, file: { source, name: 'certificate.pdf' } }));
}

async function askTime(person: Ctx, { today, desk, reason }: Asked & { reason: string }): Promise<void> {
  const order = await orderByNumber(person.db.read, desk.mandate);
  const until = addDays(lastDay(today), 30);
  if (order) await unlessDone(askExtension(person, order.mandateId, { until, reason }));
}
