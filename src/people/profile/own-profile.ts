import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import {
  type CodeRecord,
  codesOf,
  type PersonRecord,
  personRecord,
  type RoleRecord,
  rolesOf,
} from '../desk/stores/person-record.ts';
import { updatePerson } from '../desk/stores/person-writes.ts';
import { type NameRequest, nameRequestsOf } from './store.ts';

export type OwnProfile = {
  person: PersonRecord;
  codes: CodeRecord[];
  roles: RoleRecord[];
  nameRequests: NameRequest[];
  today: string;
};

/** What is kept about the person who asks. */
export async function ownProfile(ctx: Ctx): Promise<OwnProfile> {
  const personId = requirePerson(ctx);
  const today = todayInIndia(ctx.clock);
  const [person, codes, roles, nameRequests] = await Promise.all([
    personRecord(ctx.db.read, personId),
    codesOf(ctx.db.read, personId),
    rolesOf(ctx.db.read, personId, today),
    nameRequestsOf(ctx.db.read, personId),
  ]);
  if (!person) throw notFound();
  return { person, codes, roles, nameRequests, today };
}

/** The language that Daksh speaks to this person, on every device and in messages. */
export async function chooseLanguage(ctx: Ctx, language: 'hi' | 'en'): Promise<void> {
  const personId = requirePerson(ctx);
  await ctx.db.transaction(async (tx) => {
    await updatePerson(tx, personId, { language });
    await audit(tx, ctx, {
      action: 'person.edited',
      subjectKind: 'person',
      subjectId: personId,
      personId,
      detail: { changed: ['language'], after: { language } },
    });
  });
}
