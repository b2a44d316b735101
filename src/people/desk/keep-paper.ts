import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { type Export, keepExport } from '../../kernel/exports.ts';
import { homeOffice } from './stores/desks.ts';

type Paper = Omit<Export, 'officeId' | 'personId'> & { personId: string };

/** That a paper of one person was taken by another, at the office where the person stands; a paper of one's own is no export. */
export async function keepPaper(ctx: Ctx, paper: Paper): Promise<void> {
  const { personId } = paper;
  const isOwn = personId === personIdOf(ctx.actor);
  const office = isOwn
    ? undefined
    : await homeOffice(ctx.db.read, { personId, today: todayInIndia(ctx.clock) });
  await keepExport(ctx, { ...paper, officeId: office?.officeId, rows: 1 });
}
