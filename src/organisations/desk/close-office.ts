import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import type { Bilingual, Language } from '../../kernel/i18n.ts';
import { type LaterPosting, type PostedAfter, postedAfter } from '../hooks.ts';
import { holdsRoleOver, requireOffice, rolesSeeingPersons } from '../scope.ts';
import { lockOffice, openBelow, writeClosing } from '../stores/desk.ts';
import { closeGates, holdTree, thisOffice } from '../stores/tree-locks.ts';
import { rolesKeepingOffices } from './policy.ts';

/** Closes an office after a day. Offices below must be closed and the people moved before. */
export async function closeOffice(ctx: Ctx, input: { code: string; validUntil: string }): Promise<void> {
  const { officeId, path } = await requireOffice(ctx, input.code, rolesKeepingOffices);
  await ctx.db.transaction(async (tx) => {
    await holdTree(tx);
    await closeGates(tx, thisOffice(officeId));
    if (!(await lockOffice(tx, officeId))) throw notFound();
    const posted = await postedAfter(tx, officeId, input.validUntil);
    const offices = await openBelow(tx, { officeId, validUntil: input.validUntil });
    if (posted.staying + posted.later.length + offices > 0)
      throw notEmpty({ ...posted, offices, mayName: holdsRoleOver(ctx, rolesSeeingPersons, path) }, input);
    await writeClosing(tx, { officeId, validUntil: input.validUntil });
    await audit(tx, ctx, {
      action: 'office.closed',
      subjectKind: 'office',
      subjectId: officeId,
      officeId,
      detail: { validUntil: input.validUntil },
    });
  });
}

type InTheWay = PostedAfter & { offices: number; mayName: boolean };

/** Says what keeps the office open; who comes later is named to those who may read names here. */
function notEmpty(inTheWay: InTheWay, { validUntil }: { validUntil: string }): Refusal {
  const { staying, later, offices, mayName } = inTheWay;
  const day = { hi: formatDay(validUntil, 'hi'), en: formatDay(validUntil, 'en') };
  const parts = partsOf(inTheWay);
  return new Refusal(
    'has_dependents',
    {
      hi: `${day.hi} के बाद ${parts.map((part) => part.hi).join('; ')}। पहले उन्हें स्थानांतरित या बंद करें।`,
      en: `After ${day.en} ${parts.map((part) => part.en).join('; ')}. Move or close them first.`,
    },
    {
      reason: 'office_not_empty',
      details: {
        people: staying + later.length,
        offices,
        later: later
          .slice(0, mostNamed)
          .map(({ code, startsOn }) => (mayName ? { code, startsOn } : { startsOn })),
      },
    },
  );
}

function partsOf({ staying, later, offices, mayName }: InTheWay): Bilingual[] {
  const parts: Bilingual[] = [];
  if (staying > 0)
    parts.push({
      hi: `यहाँ ${staying} कार्मिक पदस्थ ${staying === 1 ? 'रहेगा' : 'रहेंगे'}`,
      en: staying === 1 ? 'one person is still posted here' : `${staying} people are still posted here`,
    });
  if (later.length > 0) {
    const [hi, en] = [namesOf(later, 'hi', mayName), namesOf(later, 'en', mayName)];
    parts.push({
      hi: `यहाँ ${later.length} ${later.length === 1 ? 'कार्मिक' : 'कार्मिकों'} की पदस्थापना प्रारंभ होगी${hi}`,
      en: `${later.length} ${later.length === 1 ? 'posting' : 'postings'} here will begin${en}`,
    });
  }
  if (offices > 0)
    parts.push({
      hi: `नीचे ${offices} कार्यालय ${offices === 1 ? 'खुला रहेगा' : 'खुले रहेंगे'}`,
      en: offices === 1 ? 'one office below is open' : `${offices} offices below are open`,
    });
  return parts;
}

const mostNamed = 20;

function namesOf(later: LaterPosting[], language: Language, mayName: boolean): string {
  if (!mayName) return '';
  const named = later.slice(0, mostNamed).map(({ code, nameHi, nameEn, startsOn }) => {
    const name = [language === 'hi' ? nameHi : nameEn, code].filter(Boolean).join(', ');
    const day = formatDay(startsOn, language);
    return language === 'hi' ? `${name}: ${day} से` : `${name}: from ${day}`;
  });
  if (later.length > mostNamed) named.push('…');
  return ` (${named.join('; ')})`;
}

/** Takes a closing back. */
export async function reopenOffice(ctx: Ctx, code: string): Promise<void> {
  const { officeId } = await requireOffice(ctx, code, rolesKeepingOffices);
  await ctx.db.transaction(async (tx) => {
    await writeClosing(tx, { officeId, validUntil: null });
    await audit(tx, ctx, { action: 'office.reopened', subjectKind: 'office', subjectId: officeId, officeId });
  });
}
