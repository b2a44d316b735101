import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { type MessageKey, pick, translator } from '../../kernel/i18n.ts';
import type { HomeNotice } from '../../learning/index.ts';
import { unseenAnswers } from '../help/store.ts';
import { openNotices, type PersonNotice, seeNotice } from './store.ts';

// What is older is no news.
const newsFor = 60 * 86_400_000;

/** What waits for the person: answers to questions, and what happened at the people desk; newest first. */
export async function openNoticesOf(ctx: Ctx, personId: string): Promise<HomeNotice[]> {
  const since = ctx.clock.now().getTime() - newsFor;
  const [answers, notices] = await Promise.all([
    unseenAnswers(ctx.db, personId),
    openNotices(ctx.db, personId),
  ]);
  if (answers.length === 0 && notices.length === 0) return [];
  const t = translator(ctx.language);
  const fromHelp = answers.map((request) => ({
    key: request.helpRequestId,
    text: t(request.state === 'closed' ? 'notices.homeClosed' : 'notices.homeAnswered'),
    href: `/help/${request.helpRequestId}`,
    madeAt: request.changedAt,
  }));
  const fromDesk = notices
    .filter((notice) => notice.madeAt.getTime() > since)
    .map((notice) => ({
      key: notice.personNoticeId,
      text: textOf(ctx, notice),
      href: `/notices/${notice.personNoticeId}`,
      madeAt: notice.madeAt,
    }));
  return [...fromHelp, ...fromDesk].sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime());
}

function textOf({ language }: Ctx, { kind, detail }: PersonNotice): string {
  const text = (key: string) => (typeof detail[key] === 'string' ? String(detail[key]) : '');
  const office = pick({ hi: text('officeHi'), en: text('officeEn') }, language);
  const on = text('startsOn') || text('day');
  const day = on ? formatDay(on, language) : '';
  const course = pick({ hi: text('courseHi'), en: text('courseEn') }, language);
  const title = pick({ hi: text('titleHi'), en: text('titleEn') }, language);
  return translator(language)(`notices.home_${kind}` as MessageKey, { office, day, course, title });
}

/** Marks one notice as seen; returns where it leads. */
export async function openNotice(ctx: Ctx, personNoticeId: string): Promise<string> {
  const personId = requirePerson(ctx);
  const href = await ctx.db.transaction((tx) =>
    seeNotice(tx, { personId, personNoticeId, now: ctx.clock.now() }),
  );
  if (!href) throw notFound();
  return href;
}
