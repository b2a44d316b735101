import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';

export type RuleState = 'off' | 'on' | 'paused';
export type Channel = 'mail' | 'sms';

export type RuleRow = {
  mandateId: string;
  state: RuleState;
  personDays: number[];
  officerDays: number[];
  channels: Channel[];
  since: Day | null;
};

const columns = sql`mandate_id as "mandateId", state, person_days as "personDays", officer_days as "officerDays",
  channels, since`;

export async function ruleOf(db: Reads | Tx, mandateId: string): Promise<RuleRow | undefined> {
  const found =
    await sql<RuleRow>`select ${columns} from reminder_rule where mandate_id = ${mandateId}`.execute(db);
  return found.rows[0];
}

/** What an amendment begins with: the ladder of the order whose place it takes, unless that one's reminders are off. */
export async function ruleToInherit(db: Reads | Tx, mandateId: string): Promise<RuleRow | undefined> {
  const found = await sql<RuleRow>`select m.mandate_id as "mandateId", rule.state,
      rule.person_days as "personDays", rule.officer_days as "officerDays", rule.channels,
      greatest(rule.since, m.effective_on) as since
    from mandate m join reminder_rule rule on rule.mandate_id = m.amends_mandate_id
    where m.mandate_id = ${mandateId} and m.kind = 'amendment' and m.state = 'published' and rule.state <> 'off'`.execute(
    db,
  );
  return found.rows[0];
}

/** The rule as it is now, where it is on: it cannot be changed before the transaction ends. */
export async function ruleOnNow(tx: Tx, mandateId: string): Promise<(RuleRow & { since: Day }) | undefined> {
  const found = await sql<RuleRow & { since: Day }>`select ${columns} from reminder_rule
    where mandate_id = ${mandateId} and state = 'on' and since is not null for share`.execute(tx);
  return found.rows[0];
}

/** Orders whose reminders are on. */
export async function rulesOn(db: Reads | Tx): Promise<(RuleRow & { since: Day })[]> {
  const found = await sql<RuleRow & { since: Day }>`select ${columns} from reminder_rule
    where state = 'on' and since is not null order by mandate_id`.execute(db);
  return found.rows;
}

type Written = RuleRow & { now: Date; by: string | null };

/**
 * The order's rule, held until the end of the transaction, so that of two changes at once each sees the other; where
 * it has none, that of `first` is made.
 */
export async function holdRule(tx: Tx, first: Written): Promise<RuleRow> {
  await sql`insert into reminder_rule
      (mandate_id, state, person_days, officer_days, channels, since, changed_at, changed_by)
    values (${first.mandateId}, ${first.state}, ${first.personDays}::integer[], ${first.officerDays}::integer[],
      ${first.channels}::text[], ${first.since}, ${first.now}, ${first.by})
    on conflict do nothing`.execute(tx);
  const found = await sql<RuleRow>`select ${columns} from reminder_rule where mandate_id = ${first.mandateId}
    for update`.execute(tx);
  return found.rows[0] ?? first;
}

export async function writeRule(tx: Tx, rule: Written): Promise<void> {
  await sql`update reminder_rule set state = ${rule.state}, person_days = ${rule.personDays}::integer[],
      officer_days = ${rule.officerDays}::integer[], channels = ${rule.channels}::text[], since = ${rule.since},
      changed_at = ${rule.now}, changed_by = ${rule.by}
    where mandate_id = ${rule.mandateId}`.execute(tx);
}

/** After a change of the rule: what was gathered and not yet told is gathered anew. */
export async function gatherAnew(tx: Tx, mandateId: string): Promise<void> {
  await sql`delete from reminder_item where mandate_id = ${mandateId} and reminder_digest_id is null`.execute(
    tx,
  );
  await sql`delete from reminder_run where mandate_id = ${mandateId}`.execute(tx);
}

/**
 * Orders that took the place of one go on with its ladder, from the day on which they did: paused where it stood
 * paused, so that whoever looks at whom other days reach loses none. Answers those that began so.
 */
export async function inheritRules(
  tx: Tx,
  { day, now }: { day: Day; now: Date },
): Promise<{ mandateId: string; officeId: string; from: string }[]> {
  const found = await sql<{ mandateId: string; officeId: string; from: string }>`with made as (
      insert into reminder_rule
        (mandate_id, state, person_days, officer_days, channels, since, changed_at, changed_by)
      select m.mandate_id, rule.state, rule.person_days, rule.officer_days, rule.channels,
        greatest(rule.since, m.effective_on), ${now}, rule.changed_by
      from mandate m join reminder_rule rule on rule.mandate_id = m.amends_mandate_id
      where m.kind = 'amendment' and m.state = 'published' and m.effective_on <= ${day} and rule.state <> 'off'
      on conflict (mandate_id) do update set state = excluded.state, since = excluded.since, changed_at = excluded.changed_at
        where reminder_rule.since is null
      returning mandate_id)
    select m.mandate_id as "mandateId", m.office_id as "officeId", cited.number as "from"
    from made join mandate m using (mandate_id) join mandate cited on cited.mandate_id = m.amends_mandate_id`.execute(
    tx,
  );
  return found.rows;
}
