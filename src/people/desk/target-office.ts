import type { Ctx } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import { type OfficeRow, officeByCode } from '../../organisations/index.ts';
import { wrongField } from './refusals.ts';

/** The office that a posting shall be at, open on the day it begins. Any office: the state is one house. */
export async function targetOffice(ctx: Ctx, code: string, startsOn: string): Promise<OfficeRow> {
  const office = await officeByCode(ctx, code);
  if (!office)
    throw wrongField('officeCode', 'unknown_office', {
      hi: `कोड ${code} का कोई कार्यालय नहीं है।`,
      en: `There is no office with the code ${code}.`,
    });
  if (office.validUntil && office.validUntil < startsOn)
    throw wrongField('officeCode', 'closed_office', {
      hi: `यह कार्यालय ${formatDay(office.validUntil, 'hi')} को बंद हो चुका है।`,
      en: `This office was closed on ${formatDay(office.validUntil, 'en')}.`,
    });
  return office;
}
