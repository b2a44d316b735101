import { type Ctx, requirePerson } from '../kernel/context.ts';
import { addDays, type Day, formatDay, todayInIndia } from '../kernel/dates.ts';
import { notFound } from '../kernel/errors.ts';
import { translator } from '../kernel/i18n.ts';
import { formatNumber } from '../kernel/numbers.ts';
import type { HomeNotice } from '../learning/index.ts';
import { progressLines, standingOfPerson } from '../mandates/index.ts';
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

/** What the digests not opened yet ask and is still to be done, as a line on the home for one's own training and one for that of one's people; nothing once it is. */
export async function reminderNotices(ctx: Ctx, personId: string): Promise<HomeNotice[]> {
  const asOf = todayInIndia(ctx.clock);
  const since = addDays(asOf, -newsForDays);
  const digests = (await unseenDigests(ctx.db, personId)).filter(({ day }) => day >= since);
  const [newest] = digests;
  if (!newest) return [];
  const lines = await openLinesOf(ctx.db, { digestIds: digests.map(({ digestId }) => digestId), asOf });
  const own = linesOf(lines, 'person');
  const team = linesOf(lines, 'officer');
  const { digestId, madeAt } = newest;
  const href = `/reminders/${digestId}`;
  const key = `reminder-${digestId}`;
  return [
    ...(own.length > 0 ? [{ key, text: ownText(ctx, own, asOf), href, madeAt }] : []),
    // What concerns others does not hide behind one's own.
    ...(team.length > 0
      ? [{ key: `${key}-team`, text: teamText(ctx, team), href: `${href}#team`, madeAt }]
      : []),
  ];
}

/** Each order once, however often it was told; of one's people, as often as most of them were told of. */
function linesOf(lines: DigestLine[], audience: DigestLine['audience']): DigestLine[] {
  const those = lines.filter((line) => line.audience === audience).toSorted((a, b) => a.people - b.people);
  const once = [...new Map(those.map((line) => [line.mandateId, line])).values()];
  return once.toSorted((a, b) => a.dueOn.localeCompare(b.dueOn) || a.number.localeCompare(b.number));
}

function teamText({ language }: Ctx, lines: DigestLine[]): string {
  const t = translator(language);
  const [only, ...more] = lines;
  if (!only || more.length > 0) return t('reminders.homeTeam');
  const n = formatNumber(only.people, language);
  return t('reminders.homeTeamOne', { n, title: titleOf(only, language) });
}

function ownText({ language }: Ctx, own: DigestLine[], today: Day): string {
  const t = translator(language);
  const [first] = own;
  if (!first) return '';
  const day = formatDay(first.dueOn, language);
  if (own.length > 1) return t('reminders.homeSome', { n: formatNumber(own.length, language), day });
  const title = titleOf(first, language);
  return t(first.dueOn < today ? 'reminders.homeLate' : 'reminders.homeOne', { title, day });
}

/** One's own order still to be done, with what of it is missing. */
export type OwnLine = DigestLine & { missing: string[] };
export type OwnDigest = {
  digest: OpenDigest;
  own: OwnLine[];
  team: TeamRow[];
  teamCount: number;
  /** The orders of one's people. */
  teamLines: DigestLine[];
};

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
  const [lines, team, standings] = await Promise.all([
    openLines(ctx.db.read, { digestIds, asOf }),
    teamOf(ctx.db.read, { digestIds, asOf, limit: teamShown }),
    standingOfPerson(ctx, personId),
  ]);
  const own = linesOf(lines, 'person').map((line) => {
    const standing = standings.find((one) => one.mandate.id === line.mandateId);
    return { ...line, missing: standing ? progressLines(standing, ctx.language) : [] };
  });
  return { digest, team, own, teamCount: team[0]?.total ?? 0, teamLines: linesOf(lines, 'officer') };
}
