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

/** Orders whose reminders are on. */
export async function rulesOn(db: Reads | Tx): Promise<(RuleRow & { since: Day })[]> {
  const found = await sql<RuleRow & { since: Day }>`select ${columns} from reminder_rule
    where state = 'on' and since is not null order by mandate_id`.execute(db);
  return found.rows;
}

type Written = RuleRow & { now: Date; by: string | null };

export async function writeRule(tx: Tx, rule: Written): Promise<void> {
  await sql`insert into reminder_rule
      (mandate_id, state, person_days, officer_days, channels, since, changed_at, changed_by)
    values (${rule.mandateId}, ${rule.state}, ${rule.personDays}::integer[], ${rule.officerDays}::integer[],
      ${rule.channels}::text[], ${rule.since}, ${rule.now}, ${rule.by})
    on conflict (mandate_id) do update set state = excluded.state, person_days = excluded.person_days,
      officer_days = excluded.officer_days, channels = excluded.channels, since = excluded.since,
      changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(tx);
}

/** After a change of the rule: what was gathered and not yet told is gathered anew. */
export async function gatherAnew(tx: Tx, mandateId: string): Promise<void> {
  await sql`delete from reminder_item where mandate_id = ${mandateId} and reminder_digest_id is null`.execute(
    tx,
  );
  await sql`delete from reminder_run where mandate_id = ${mandateId}`.execute(tx);
}
