import { type Ctx, personIdOf } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { officeById } from '../../organisations/index.ts';
import { type DeskEvent, nodalOfficersFor } from '../../people/index.ts';
import { insertNotices } from './store.ts';

/**
 * Puts what happened at the people desk into inboxes: a person hears of her new posting and of the decision
 * on her name; the nodal officers of the receiving office hear who comes.
 */
export async function tellDeskEvent(tx: Tx, ctx: Ctx, event: DeskEvent): Promise<void> {
  const now = ctx.clock.now();
  if (event.kind === 'name_decided') {
    const kind = `name_${event.state}`;
    return insertNotices(tx, { personIds: [event.personId], kind, detail: {}, href: '/profile/name', now });
  }
  const office = await officeById(ctx, event.officeId);
  if (!office) return;
  const detail = { officeHi: office.nameHi, officeEn: office.nameEn, startsOn: event.startsOn };
  await insertNotices(tx, {
    personIds: [event.personId],
    kind: 'posting_own',
    detail,
    href: '/profile',
    now,
  });
  const officers = await nodalOfficersFor(tx, ctx, office.path);
  const others = officers.filter((id) => id !== personIdOf(ctx.actor) && id !== event.personId);
  const href = `/office/persons/${event.personId}`;
  await insertNotices(tx, { personIds: others, kind: 'posting_comes', detail, href, now });
}
