import type { Ctx } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Refusal } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { enterOffices, type OfficeRow, officeByCode, thisOffice } from '../../organisations/index.ts';
import { wrongField } from './refusals.ts';
import { closedOn } from './stores/posting-writes.ts';

/** The office that a posting shall be at, open on the day it begins. Any office: the state is one house. */
export async function targetOffice(ctx: Ctx, code: string, startsOn: string): Promise<OfficeRow> {
  const office = await officeByCode(ctx, code);
  if (!office) throw unknownOffice(code);
  refuseClosed(office.validUntil, startsOn);
  return office;
}

export type PostingThere = { personId: string; office: OfficeRow; startsOn: string };

/**
 * A change of somebody's facts that posts him at an office: until it is counted nobody moves, closes or takes away
 * the office, and where somebody has done so since it was looked up, this is said.
 */
export async function changeFactsAt<T>(tx: Tx, there: PostingThere, change: () => Promise<T>): Promise<T> {
  const { personId, office, startsOn } = there;
  if ((await enterOffices(tx, thisOffice(office.officeId))) === 0) throw unknownOffice(office.code);
  refuseClosed(await closedOn(tx, office.officeId), startsOn);
  return changeFacts(tx, { ids: [personId] }, change);
}

function unknownOffice(code: string): Refusal {
  return wrongField('officeCode', 'unknown_office', {
    hi: `“${code}” किसी कार्यालय का कोड नहीं है। मिले हुए कार्यालयों में से चुनें, या दूसरा नाम लिखें।`,
    en: `“${code}” is no office's code. Choose among the offices found, or write another name.`,
  });
}

function refuseClosed(validUntil: string | null, startsOn: string): void {
  if (!validUntil || validUntil >= startsOn) return;
  throw wrongField('officeCode', 'closed_office', {
    hi: `यह कार्यालय ${formatDay(validUntil, 'hi')} को बंद हो चुका है।`,
    en: `This office was closed on ${formatDay(validUntil, 'en')}.`,
  });
}
