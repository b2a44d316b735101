import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { invalid, Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { forgetKept } from './kept-for-a-second.ts';
import { requireCampaign, requireOwnOffice, rolesCampaigning } from './policy.ts';
import { type CampaignInput, codeTakenText } from './schema.ts';
import { type CampaignFields, insertCampaign, lockCampaign, updateCampaign } from './stores/campaigns.ts';

/** Enters a campaign as a draft, which nobody sees but those in charge; returns its code. */
export async function createCampaign(ctx: Ctx, input: CampaignInput): Promise<string> {
  requireRole(ctx, rolesCampaigning);
  const fields = await fieldsOf(ctx, input);
  const campaignId = newId();
  await ctx.db.transaction(async (tx) => {
    const entry = {
      enteredAt: ctx.clock.now(),
      enteredBy: personIdOf(ctx.actor) ?? null,
      by: nameOfActor(ctx),
    };
    if (!(await insertCampaign(tx, { ...fields, ...entry, campaignId }))) throw codeTaken();
    await audit(tx, ctx, {
      action: 'campaign.entered',
      subjectKind: 'campaign',
      subjectId: campaignId,
      officeId: fields.officeId,
      detail: told(fields),
    });
  });
  forgetKept(ctx.db);
  return fields.code;
}

/** Rewrites a draft; what is announced stays as it was announced. The code stays. */
export async function editCampaign(ctx: Ctx, code: string, input: CampaignInput): Promise<string> {
  const known = await requireCampaign(ctx, code);
  const { code: _, ...fields } = await fieldsOf(ctx, input);
  await ctx.db.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, known.campaignId);
    if (campaign?.announcedAt !== null || campaign.cancelledAt) throw announced();
    await updateCampaign(tx, campaign.campaignId, fields);
    await audit(tx, ctx, {
      action: 'campaign.edited',
      subjectKind: 'campaign',
      subjectId: campaign.campaignId,
      officeId: fields.officeId,
      detail: told({ ...fields, code: known.code }),
    });
  });
  forgetKept(ctx.db);
  return known.code;
}

const overText = {
  hi: 'अंतिम दिन बीत चुका है; आज या बाद का दिन लिखें।',
  en: 'The last day is over; write today or a later day.',
};

/** All that was typed: a draft's earlier state stands in the act before. */
function told({ code, titleHi, titleEn, fromDay, toDay, targetMinutes, tags, orderNumber }: CampaignFields) {
  return {
    code,
    titleHi,
    titleEn,
    from: fromDay,
    to: toDay,
    minutes: targetMinutes,
    topics: tags,
    orderNumber,
  };
}

async function fieldsOf(ctx: Ctx, input: CampaignInput): Promise<CampaignFields> {
  const office = await requireOwnOffice(ctx, input.officeCode).catch(asFieldFault);
  // It could never be announced.
  if (input.toDay < todayInIndia(ctx.clock))
    throw invalid([{ path: 'toDay', code: 'campaign_over', text: overText }]);
  return {
    ...{ code: input.code, titleHi: input.titleHi, titleEn: input.titleEn ?? null },
    ...{ officeId: office.officeId, fromDay: input.fromDay, toDay: input.toDay },
    targetMinutes: Math.round(input.hours * 60),
    tags: [...new Set(input.tags)],
    orderNumber: input.orderNumber ?? null,
  };
}

const noOffice = {
  hi: 'आपके कार्यालयों में इस कोड का कोई कार्यालय नहीं है।',
  en: 'None of your offices has this code.',
};

function asFieldFault(error: unknown): never {
  if (error instanceof Refusal && error.code === 'not_found')
    throw invalid([{ path: 'officeCode', code: 'unknown_office', text: noOffice }]);
  throw error;
}

function codeTaken(): Refusal {
  return invalid([{ path: 'code', code: 'campaign_code_taken', text: codeTakenText }]);
}

export function announced(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह सीखने का सप्ताह घोषित या रद्द हो चुका है; अब इसमें बदलाव नहीं होता।',
      en: 'This learning week was announced or cancelled; it is not changed any more.',
    },
    { reason: 'campaign_announced' },
  );
}

function nameOfActor({ actor }: Ctx): { hi: string; en: string } | null {
  if (actor.kind !== 'person') return null;
  const post = actor.subtitle;
  return {
    hi: [actor.nameHi, ...(post ? [post.hi] : [])].join(', '),
    en: [actor.nameEn, ...(post ? [post.en] : [])].join(', '),
  };
}
