import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import type { OrderEvent } from '../../mandates/index.ts';
import { insertNotices } from './store.ts';

/** A person hears what was decided about more time, a course done elsewhere, an exemption; the reason stands there. */
export function tellOrderNotice(tx: Tx, ctx: Ctx, event: OrderEvent): Promise<void> {
  const { kind, personIds, titleHi, titleEn, day, href } = event;
  const detail = { titleHi: titleHi ?? titleEn, titleEn: titleEn ?? titleHi, ...(day ? { day } : {}) };
  return insertNotices(tx, { personIds, kind, detail, href, now: ctx.clock.now() });
}
