import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import { addDays } from '../../kernel/dates.ts';
import { newId } from '../../kernel/ids.ts';
import { choosePrimaries } from './choose-primaries.ts';

const world = await openWorld();
after(() => world.close());

type Posting = { kind: string; office: string; startsOn: string; endsOn: string | null };
type Judged = Posting & { isPrimary: boolean };
class Undone extends Error {}

/** Writes postings of one person, lets the rule choose, and takes all of it back. */
async function judged(postings: Posting[]): Promise<Judged[]> {
  const personId = newId();
  let found: Judged[] = [];
  const work = world.runtime.db.transaction(async (tx) => {
    for (const one of postings) {
      await sql`insert into posting (person_id, posting_id, office_id, kind, starts_on, ends_on)
        values (${personId}, ${newId()}, ${world.officeId(one.office)}, ${one.kind}, ${one.startsOn}, ${one.endsOn})`.execute(
        tx,
      );
    }
    await choosePrimaries(tx, sql`select ${personId}::uuid`);
    found = (
      await sql<Judged>`select t.kind, o.code as office, t.starts_on as "startsOn", t.ends_on as "endsOn",
        t.is_primary as "isPrimary" from posting t join office o using (office_id) where t.person_id = ${personId}`.execute(
        tx,
      )
    ).rows;
    throw new Undone();
  });
  await assert.rejects(work, Undone);
  return found;
}

const first = '2026-01-01';
const posting: fc.Arbitrary<Posting> = fc
  .record({
    kind: fc.constantFrom('regular', 'additional_charge', 'deputation', 'attached'),
    office: fc.constantFrom('SW-BBK', 'SW-DIR', 'HF-BBK'),
    from: fc.integer({ min: 0, max: 30 }),
    days: fc.option(fc.integer({ min: 0, max: 20 })),
  })
  .map(({ kind, office, from, days }) => ({
    kind,
    office,
    startsOn: addDays(first, from),
    endsOn: days === null ? null : addDays(first, from + days),
  }));

const rank = ({ kind }: Posting) =>
  ['deputation', 'attached'].includes(kind) ? 0 : kind === 'regular' ? 1 : 2;
const order = (one: Posting) => `${rank(one)} ${one.startsOn} ${one.office}`;

test('property: whoever is posted has a primary posting, or will have a better one while the first still runs', async () => {
  const rule = fc.asyncProperty(fc.array(posting, { minLength: 1, maxLength: 6 }), async (given) => {
    const all = await judged(given);
    for (let n = 0; n < 55; n += 1) {
      const day = addDays(first, n);
      const standing = all.filter((one) => one.startsOn <= day && (one.endsOn ?? day) >= day);
      const best = standing.sort((a, b) => (order(a) < order(b) ? -1 : 1))[0];
      if (!best || standing.some((one) => one.isPrimary)) continue;
      const better = all.some((one) => one.startsOn > day && order(one) < order(best));
      assert.ok(better && (best.endsOn ?? '9999') > day, day);
    }
  });
  await fc.assert(rule, { numRuns: 60 });
});

test('a posting that overlaps one that has ended is primary once that has ended', async () => {
  const all = await judged([
    { kind: 'regular', office: 'SW-BBK', startsOn: '2024-01-01', endsOn: '2025-03-31' },
    { kind: 'regular', office: 'SW-DIR', startsOn: '2025-01-01', endsOn: null },
  ]);
  assert.ok(all.every((one) => one.isPrimary));
});
