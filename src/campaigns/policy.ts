import { type Ctx, requireRole } from '../kernel/context.ts';
import { notFound, type Refusal } from '../kernel/errors.ts';
import { holdsRoleOver, type OfficeRow, type Role, requireOffice } from '../organisations/index.ts';
import { keptForASecond } from './kept-for-a-second.ts';
import { type Campaign, campaignByCode } from './stores/campaigns.ts';

/** Who enters, announces and cancels campaigns, each for the offices in his charge. */
export const rolesCampaigning: readonly Role[] = ['nodal', 'operator'];

export function campaignNotFound(): Refusal {
  return notFound({ hi: 'यह सीखने का सप्ताह नहीं मिला।', en: 'This learning week was not found.' });
}

/** Whose week is cancelled is compared with nobody, on the page and in what programs read. */
export function requireNotCancelled({ cancelledAt }: Pick<Campaign, 'cancelledAt'>): void {
  if (cancelledAt)
    throw notFound({
      hi: 'यह सीखने का सप्ताह रद्द हो चुका है; इसमें कार्यालयों की तुलना नहीं है।',
      en: 'This learning week was cancelled; its offices are not compared.',
    });
}

export function mayManage(ctx: Ctx, campaign: Pick<Campaign, 'path'>): boolean {
  return holdsRoleOver(ctx, rolesCampaigning, campaign.path);
}

/** The campaign where the actor may change it; not visible means not found. */
export async function requireCampaign(ctx: Ctx, code: string): Promise<Campaign> {
  requireRole(ctx, rolesCampaigning);
  const campaign = await campaignByCode(ctx.db.read, code);
  if (!campaign || !mayManage(ctx, campaign)) throw campaignNotFound();
  return campaign;
}

/** The office that a campaign is entered for. */
export function requireOwnOffice(ctx: Ctx, code: string): Promise<OfficeRow> {
  return requireOffice(ctx, code, rolesCampaigning);
}

/** Once announced, a campaign is seen by all who are signed in; a draft by those who may change it. */
export async function readCampaign(ctx: Ctx, code: string): Promise<Campaign> {
  const campaign = await keptForASecond(ctx.db, `campaign ${code}`, () => campaignByCode(ctx.db.read, code));
  if (!campaign || (!campaign.announcedAt && !mayManage(ctx, campaign))) throw campaignNotFound();
  return campaign;
}
