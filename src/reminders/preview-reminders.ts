import { type Ctx, scopesOf } from '../kernel/context.ts';
import { addDays, type Day, indiaDay, todayInIndia } from '../kernel/dates.ts';
import { settleChanged } from '../mandates/index.ts';
import { holdsRoleOver, rolesSeeingPersons } from '../organisations/index.ts';
import { ruleFor } from './change-rule.ts';
import { nextTurnAt } from './hours.ts';
import { requireRemindable } from './policy.ts';
import { sendableChannels } from './sendable.ts';
import {
  countHeldBack,
  countOfficers,
  type DueGroup,
  dueGroups,
  leftGroups,
  type SamplePerson,
  type StepGroup,
  sampleOf,
} from './stores/preview.ts';
import type { Channel, RuleRow } from './stores/rules.ts';

/** One step to come: on which days, to how many, by what. */
export type PreviewStep = {
  audience: 'person' | 'officer';
  daysBefore: number;
  firstDay: Day;
  lastDay: Day;
  /** The day on which most are told, and how many; the others have due days of their own. */
  mainDay: Day;
  mainPeople: number;
  people: number;
  mails: number;
  /** Different numbers: each gets one SMS. */
  numbers: number;
};

export type Preview = {
  rule: RuleRow;
  today: Day;
  channels: Channel[];
  people: number;
  heldBack: number;
  officers: number;
  withoutOfficer: number;
  steps: PreviewStep[];
  /** Names of people of the actor's own offices, where he reads names of the order's; else undefined. */
  sample?: SamplePerson[];
};

const sampleSize = 10;

/** Who would be told what and when, if the reminders of the order were on from now: everybody as he stands today. */
export async function previewReminders(ctx: Ctx, mandateId: string): Promise<Preview> {
  const order = await requireRemindable(ctx, mandateId);
  await settleChanged(ctx.db);
  const today = todayInIndia(ctx.clock);
  const wish = { mandateId, asOf: today };
  const maySee = holdsRoleOver(ctx, rolesSeeingPersons, order.officePath);
  const [rule, groups, left, heldBack, officers, sample] = await Promise.all([
    ruleFor(ctx, order),
    dueGroups(ctx.db.read, wish),
    leftGroups(ctx.db.read, wish),
    countHeldBack(ctx.db.read, wish),
    countOfficers(ctx.db.read, wish),
    maySee
      ? sampleOf(ctx.db.read, { ...wish, limit: sampleSize, scopes: scopesOf(ctx.actor, rolesSeeingPersons) })
      : undefined,
  ]);
  const usable = sendableChannels(ctx.config);
  const channels = rule.channels.filter((one) => usable.includes(one));
  // In the evening nothing leaves any more: what falls on today goes out on the next morning.
  const leaves = indiaDay(nextTurnAt(ctx.clock.now()));
  const of = (audience: PreviewStep['audience'], days: number[]) =>
    days.flatMap(
      (daysBefore) =>
        stepOf(untold(groups, left, { audience, daysBefore }), {
          audience,
          daysBefore,
          today,
          leaves,
          channels,
        }) ?? [],
    );
  return {
    ...{ rule, today, channels, heldBack, ...officers, sample },
    people: sum(groups, (group) => group.people),
    steps: [...of('person', rule.personDays), ...of('officer', rule.officerDays)].toSorted(
      (a, b) => a.mainDay.localeCompare(b.mainDay) || b.audience.localeCompare(a.audience),
    ),
  };
}

type Asked = Pick<PreviewStep, 'audience' | 'daysBefore'> & { today: Day; leaves: Day; channels: Channel[] };

/** Those who have not been told this step yet. */
function untold(
  groups: DueGroup[],
  left: StepGroup[],
  { audience, daysBefore }: Pick<PreviewStep, 'audience' | 'daysBefore'>,
): DueGroup[] {
  const of = left.filter((one) => one.audience === audience && one.daysBefore === daysBefore);
  return groups
    .map((group) => of.find((one) => one.dueOn === group.dueOn) ?? group)
    .filter(({ people }) => people > 0);
}

/** Undefined where the step lies behind for everybody. */
function stepOf(groups: DueGroup[], asked: Asked): PreviewStep | undefined {
  const { audience, daysBefore, today, leaves, channels } = asked;
  const toldOn = ({ dueOn }: DueGroup) => {
    const day = addDays(dueOn, -daysBefore);
    return day < leaves ? leaves : day;
  };
  const ahead = groups.filter((group) => addDays(group.dueOn, -daysBefore) >= today);
  const [first] = ahead;
  const last = ahead.at(-1);
  if (!first || !last) return undefined;
  const isPerson = audience === 'person';
  const most = ahead.reduce((one, other) => (other.people > one.people ? other : one), first);
  return {
    ...{ audience, daysBefore },
    ...{ firstDay: toldOn(first), lastDay: toldOn(last), mainDay: toldOn(most) },
    mainPeople: most.people,
    people: sum(ahead, (group) => group.people),
    mails: isPerson && channels.includes('mail') ? sum(ahead, (group) => group.mails) : 0,
    numbers: isPerson && channels.includes('sms') ? sum(ahead, (group) => group.numbers) : 0,
  };
}

function sum(groups: DueGroup[], of: (group: DueGroup) => number): number {
  return groups.reduce((total, group) => total + of(group), 0);
}
