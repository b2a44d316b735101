import type { Ctx } from '../kernel/context.ts';
import { addDays, appraisalYear, todayInIndia } from '../kernel/dates.ts';
import { Refusal } from '../kernel/errors.ts';
import { addOffice, officeByCode } from '../organisations/index.ts';
import { grantRole } from '../people/index.ts';
import { institutes, programmes } from './demonstration-programmes.ts';
import { approvePlan } from './plans/approve-plan.ts';
import { savePlan } from './plans/save-plan.ts';
import { publishSyllabus } from './programmes/publish-syllabus.ts';
import { createProgramme } from './programmes/save-programme.ts';
import { saveSyllabus } from './programmes/save-syllabus.ts';
import { giveReason } from './rules/give-reason.ts';
import { failingSubjects } from './rules/read-coverage.ts';
import { saveRule } from './rules/save-rule.ts';
import { lineInput, ruleInput } from './schema.ts';
import { programmeByCode } from './stores/programmes.ts';

/** Two institutes with five programmes, the rule, a plan of the year, and a centre manager. */
export async function loadDemonstrationCurriculum(ctx: Ctx): Promise<void> {
  if (!(await officeByCode(ctx, 'SW-JHS')) || (await programmeByCode(ctx.db.read, 'SW-IND'))) return;
  for (const institute of institutes)
    if (!(await officeByCode(ctx, institute.code))) await addOffice(ctx, institute);
  for (const { daysAgo, revisedDaysAgo, parts, isInduction, ...programme } of programmes) {
    const then = before(ctx, daysAgo);
    const revisedOn = addDays(todayInIndia(ctx.clock), -revisedDaysAgo);
    await createProgramme(then, programme);
    await saveSyllabus(then, programme.code, { revisedOn, isInduction, parts });
    await publishSyllabus(then, programme.code);
  }
  await enterRule(ctx);
  await makePlan(ctx);
  await explain(ctx);
  const role = { employeeCode: 'SW1003', role: 'centre', officeCode: 'SW-TRG', kind: 'charge' } as const;
  await grantRole(ctx, role).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

/** The same actor some days ago, so that the plot of the months has something to show. */
function before(ctx: Ctx, days: number): Ctx {
  const past = days * 86_400_000;
  return { ...ctx, clock: { now: () => new Date(ctx.clock.now().getTime() - past) } };
}

async function enterRule(ctx: Ctx): Promise<void> {
  const today = todayInIndia(ctx.clock);
  await saveRule(
    ctx,
    ruleInput.parse({
      orderNumber: 'समीक्षा 06-01-2026',
      orderDate: '2026-01-06',
      issuer: 'मुख्यमंत्री की समीक्षा बैठक',
      titleHi: 'हर पाठ्यचर्या में AI और साइबर सुरक्षा',
      titleEn: 'AI and cyber security in every curriculum',
      officeCode: 'UP',
      kinds: ['programme', 'plan', 'collection'],
      tags: ['ai', 'cyber'],
      enforcement: 'warning',
      staleAfterYears: 3,
      validFrom: today < '2026-01-06' ? today : '2026-01-06',
      doubts: [
        {
          hi: 'निर्देश समाचारों से ज्ञात है; शासनादेश की प्रति नहीं देखी गई।',
          en: 'The direction is known from press reports; the order itself was not seen.',
        },
        {
          hi: 'तीन वर्ष की अवधि और चेतावनी सामान्य मान हैं।',
          en: 'The three years and the warning are defaults.',
        },
      ],
    }),
  );
}

async function makePlan(ctx: Ctx): Promise<void> {
  const key = { officeCode: 'SW', year: appraisalYear(todayInIndia(ctx.clock)).name };
  const line = (given: object) => lineInput.parse(given);
  const deputy = { owner: 'उप निदेशक', ownerEn: 'Deputy Director' };
  const assistant = { owner: 'सहायक निदेशक', ownerEn: 'Assistant Director' };
  const lines = [
    line({ role: 'पर्यवेक्षक', course: 'ai-safe-office', ...deputy, quarter: 2, headcount: 240 }),
    line({ course: 'cyber-hygiene', ...deputy, quarter: 3, headcount: 1200 }),
    line({ role: 'कनिष्ठ सहायक', programme: 'SW-OFC', ...assistant, quarter: 3, headcount: 80 }),
    line({ role: 'सहायक अध्यापक', programme: 'SW-HST', ...assistant, quarter: 4, headcount: 60 }),
  ];
  await savePlan(before(ctx, 45), key, { lines });
  await approvePlan(before(ctx, 40), key);
}

async function explain(ctx: Ctx): Promise<void> {
  const { items } = await failingSubjects(ctx, { office: 'SW', kind: 'programme' });
  const hostel = items.find(({ subject }) => subject.code === 'SW-HST');
  if (!hostel) return;
  await giveReason(
    ctx,
    { kind: 'programme', id: hostel.subject.id },
    {
      reason: 'साइबर सुरक्षा के प्रशिक्षक की नियुक्ति प्रक्रिया में है।',
      untilOn: addDays(todayInIndia(ctx.clock), 60),
    },
  );
}
