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
  openLinesOf,
  seeDigest,
  type TeamRow,
  teamOf,
  unseenDigests,
} from './stores/digests.ts';
import { titleOf } from './texts.ts';

// What is older is no news.
const newsForDays = 45;

/** What the digests not opened yet ask and is still to be done, as one line on the home; nothing once it is. */
export async function reminderNotices(ctx: Ctx, personId: string): Promise<HomeNotice[]> {
  const asOf = todayInIndia(ctx.clock);
  const since = addDays(asOf, -newsForDays);
  const digests = (await unseenDigests(ctx.db, personId)).filter(({ day }) => day >= since);
  const [newest] = digests;
  if (!newest) return [];
  const lines = await openLinesOf(ctx.db, { digestIds: digests.map(({ digestId }) => digestId), asOf });
  if (lines.length === 0) return [];
  return [
    {
      key: `reminder-${newest.digestId}`,
      text: noticeText(ctx, lines, asOf),
      href: `/reminders/${newest.digestId}`,
      madeAt: newest.madeAt,
    },
  ];
}

/** Each order of one's own once, however often it was told. */
function ownLines(lines: DigestLine[]): DigestLine[] {
  const own = lines.filter((line) => line.audience === 'person');
  return [...new Map(own.map((line) => [line.mandateId, line])).values()];
}

function noticeText({ language }: Ctx, lines: DigestLine[], today: Day): string {
  const t = translator(language);
  const own = ownLines(lines);
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

/**
 * One's own digest, as it stands today, with what stood in those before it that were never opened; opening it takes
 * all of them off the home.
 */
export async function openDigest(ctx: Ctx, digestId: string): Promise<OwnDigest> {
  const personId = requirePerson(ctx);
  const asOf = todayInIndia(ctx.clock);
  const since = addDays(asOf, -newsForDays);
  const digest = await ctx.db.transaction((tx) =>
    seeDigest(tx, { personId, digestId, since, now: ctx.clock.now() }),
  );
  if (!digest) throw notFound();
  const digestIds = digest.togetherIds;
  const [lines, team] = await Promise.all([
    openLines(ctx.db.read, { digestIds, asOf }),
    teamOf(ctx.db.read, { digestIds, asOf, limit: teamShown }),
  ]);
  return { ...{ digest, team, own: ownLines(lines) }, teamCount: team[0]?.total ?? 0 };
}
