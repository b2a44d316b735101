import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { type Trail, trailOf } from './person-trail.ts';
import { mayManage, mayManagePosting, requireVisiblePerson } from './policy.ts';
import {
  type CodeRecord,
  codesOf,
  type NameRecord,
  namesOf,
  type PersonRecord,
  type RoleRecord,
  rolesOf,
} from './stores/person-record.ts';

export type PersonView = {
  person: PersonRecord;
  codes: CodeRecord[];
  names: NameRecord[];
  roles: RoleRecord[];
  trail: Trail;
  mayManage: boolean;
  /** Postings that the actor may end or correct. */
  ownPostingIds: string[];
  today: string;
};

/** One person's record. Looking is itself written down (DPDP Rules 2025, rule 6(1)(c)). */
export async function readPerson(ctx: Ctx, personId: string): Promise<PersonRecord> {
  const person = await requireVisiblePerson(ctx, personId);
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, { action: 'person.viewed', subjectKind: 'person', subjectId: personId, personId }),
  );
  return person;
}

/** All that the desk shows of one person. */
export async function viewPerson(ctx: Ctx, personId: string): Promise<PersonView> {
  const person = await readPerson(ctx, personId);
  const today = todayInIndia(ctx.clock);
  const [codes, names, roles, trail] = await Promise.all([
    codesOf(ctx.db.read, personId),
    namesOf(ctx.db.read, personId),
    rolesOf(ctx.db.read, personId, today),
    trailOf(ctx, personId),
  ]);
  const ownPostingIds = person.postings.filter((p) => mayManagePosting(ctx, p)).map((p) => p.postingId);
  return { person, codes, names, roles, trail, mayManage: mayManage(ctx, person), ownPostingIds, today };
}
