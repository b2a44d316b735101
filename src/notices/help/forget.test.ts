import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import { forgetDecided } from '../../people/privacy/forget-decided.ts';
import { closeHelp } from './answer-help.ts';
import { askHelp } from './ask-help.ts';
import { forgetClosed } from './forget-closed.ts';

const world = await openWorld();
after(() => world.close());
const day = 24 * 3_600_000;
const begun = world.clock.now().getTime();

async function count(table: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(
    world.runtime.db.read,
  );
  return found.rows[0]?.n ?? 0;
}

async function after400(days: number): Promise<void> {
  world.clock.set(new Date(begun + days * day));
  await forgetClosed(world.system);
  await forgetDecided(world.system);
}

test('what was closed or decided goes after 400 days with what was written on it; what is open stays', async () => {
  const closed = await askHelp(world.as('imran'), { text: 'पाठ 2 नहीं खुलता', from: '/courses/x' });
  await closeHelp(world.as('ramesh'), { personId: world.personId('imran'), ...closed });
  await askHelp(world.as('sunita'), { text: 'प्रमाण पत्र नहीं मिला', from: '/' });
  await sql`insert into sign_in_request (person_id, sign_in_request_id, new_mobile, asked_at, decided_at, decision)
    values (${world.personId('kamla')}, new_id(), '9000000099', ${new Date(begun)}, ${new Date(begun)}, 'refused'),
      (${world.personId('kamla')}, new_id(), '9000000098', ${new Date(begun)}, null, null)`.execute(
    world.runtime.db.read,
  );
  await after400(399);
  assert.deepEqual([await count('help_request'), await count('sign_in_request')], [2, 2]);
  await after400(401);
  assert.deepEqual([await count('help_request'), await count('help_message')], [1, 1]);
  assert.equal(await count('sign_in_request'), 1);
  const told = await sql<{
    detail: unknown;
  }>`select detail from audit_event where action = 'records.forgotten'`.execute(world.runtime.db.read);
  assert.deepEqual(
    told.rows.map((row) => row.detail),
    [{ deleted: 1 }, { deleted: 1 }],
  );
});
