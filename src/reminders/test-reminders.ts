import { sql } from 'kysely';
import type { World } from '../../test/world.ts';
import type { Day } from '../kernel/dates.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { commitMandate } from '../mandates/import-mandate.ts';
import { readOrder } from '../mandates/rules/order-file.ts';
import { switchReminders } from './change-rule.ts';

/** An order over one office that ends on a day, in force, with its reminders on; answers its id. */
export async function remindedOrder(
  world: World,
  order: { number: string; to: Day; office?: string; tag?: string; engagements?: string[] },
): Promise<string> {
  const { number, to, office = 'SW', tag, engagements } = order;
  await commitMandate(
    world.system,
    readOrder({
      order: { number, date: '2026-04-01', issuer: 'शासन' },
      title: { hi: `आदेश ${number}`, en: `Order ${number}` },
      scope: { offices: [office], ...(engagements ? { engagements } : {}) },
      window: { from: '2026-04-01', to },
      condition: { courses: { atLeast: 1, ...(tag ? { tag } : {}) } },
    }),
  );
  const found = await sql<{
    id: string;
  }>`select mandate_id as id from mandate where number = ${number}`.execute(world.runtime.db.read);
  const id = found.rows[0]?.id ?? '';
  await switchReminders(world.system, id, 'on');
  return id;
}

/** One member of the cast completes a course on a day. */
export async function complete(world: World, key: string, day: Day, tags: string[] = []): Promise<void> {
  const personId = world.personId(key);
  const courseId = newId();
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`insert into course (course_id, code, title_en, state, tags)
        values (${courseId}, ${courseId}, 'One', 'published', ${tags}::text[])`.execute(tx);
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        values (${personId}, ${newId()}, ${courseId}, ${day}, 'import', 60)`.execute(tx);
    }),
  );
}

export type Sent = { key: string; channel: string; state: string; reason: string | null };

/** What became of the sendings of a day, by member of the cast. */
export async function sendingsOn(world: World, day: Day): Promise<Sent[]> {
  const found = await sql<Sent>`select employee_code as key, channel, state, reason
    from reminder_sending join person using (person_id) where day = ${day} order by 1, 2`.execute(
    world.runtime.db.read,
  );
  return found.rows;
}

/** Who had a digest on a day, with how many items for himself and how many about others. */
export async function digestsOn(world: World, day: Day): Promise<Record<string, [number, number]>> {
  const found = await sql<{ code: string; own: number; team: number }>`select employee_code as code,
      count(*) filter (where audience = 'person') as own, count(*) filter (where audience = 'officer') as team
    from reminder_digest digest join person using (person_id)
      join reminder_item item on item.reminder_digest_id = digest.reminder_digest_id
    where digest.day = ${day} group by 1 order by 1`.execute(world.runtime.db.read);
  return Object.fromEntries(found.rows.map((row) => [row.code, [row.own, row.team]]));
}
