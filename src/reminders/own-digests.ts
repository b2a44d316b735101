import { type Ctx, requirePerson } from '../kernel/context.ts';
import { addDays, type Day, formatDay, todayInIndia } from '../kernel/dates.ts';
import { notFound } from '../kernel/errors.ts';
import { translator } from '../kernel/i18n.ts';
import { formatNumber } from '../kernel/numbers.ts';
import type { HomeNotice } from '../learning/index.ts';
import {
  type DigestLine,
  type OpenDigest,
  openLines,
  seeDigest,
  type TeamRow,
  teamOf,
  unseenDigest,
} from './stores/digests.ts';
import { titleOf } from './texts.ts';

// What is older is no news.
const newsForDays = 45;

/** What the last digest asks and is still to be done, as one line on the home; nothing once it is. */
export async function reminderNotices(ctx: Ctx, personId: string): Promise<HomeNotice[]> {
  const [digest] = await unseenDigest(ctx.db, personId);
  const asOf = todayInIndia(ctx.clock);
  if (!digest || digest.day < addDays(asOf, -newsForDays)) return [];
  const lines = await openLines(ctx.db.read, { digestIds: [digest.digestId], asOf, rules: 'any' });
  if (lines.length === 0) return [];
  return [
    {
      key: `reminder-${digest.digestId}`,
      text: noticeText(ctx, lines, asOf),
      href: `/reminders/${digest.digestId}`,
      madeAt: digest.madeAt,
    },
  ];
}

function noticeText({ language }: Ctx, lines: DigestLine[], today: Day): string {
  const t = translator(language);
  const own = lines.filter((line) => line.audience === 'person');
  const [first] = own;
  if (!first) return t('reminders.homeTeam');
  const day = formatDay(first.dueOn, language);
  if (own.length > 1) return t('reminders.homeSome', { n: formatNumber(own.length, language), day });
  const title = titleOf(first, language);
  return t(first.dueOn < today ? 'reminders.homeLate' : 'reminders.homeOne', { title, day });
}

export type OwnDigest = { digest: OpenDigest; own: DigestLine[]; team: TeamRow[]; teamCount: number };

// A page of a phone weighs 40 kB at most.
const teamShown = 50;

/** One's own digest, as it stands today; opening it takes it off the home. */
export async function openDigest(ctx: Ctx, digestId: string): Promise<OwnDigest> {
  const personId = requirePerson(ctx);
  const digest = await ctx.db.transaction((tx) =>
    seeDigest(tx, { personId, digestId, now: ctx.clock.now() }),
  );
  if (!digest) throw notFound();
  const asOf = todayInIndia(ctx.clock);
  const [lines, team] = await Promise.all([
    openLines(ctx.db.read, { digestIds: [digestId], asOf, rules: 'any' }),
    teamOf(ctx.db.read, { digestId, asOf, limit: teamShown }),
  ]);
  const about = lines.filter((line) => line.audience === 'officer');
  return {
    ...{ digest, team, own: lines.filter((line) => line.audience === 'person') },
    teamCount: about.reduce((total, line) => total + line.people, 0),
  };
}
