import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { type OfficeRow, requireOffice } from '../../organisations/index.ts';
import type { Look } from './look.ts';
import { templateRoles } from './policy.ts';
import { renderSample } from './render-sample.ts';
import {
  bringIntoForce,
  dropDraft,
  endInForce,
  keepDraft,
  keepPicture,
  nearestTemplate,
  type Picture,
  type Template,
  templateOfOffice,
} from './store.ts';

export type OfficeTemplates = {
  office: OfficeRow;
  draft?: Template;
  /** What certificates of this office carry today: its own, or the nearest above; absent: the plain one. */
  inForce?: Template;
};

/** How certificates of an office look, and what is being prepared. */
export async function officeTemplates(ctx: Ctx, officeCode: string): Promise<OfficeTemplates> {
  const office = await requireOffice(ctx, officeCode, templateRoles);
  const [draft, inForce] = await Promise.all([
    templateOfOffice(ctx.db.read, office.officeId, 'draft'),
    nearestTemplate(ctx.db.read, office.path),
  ]);
  return { office, draft, inForce };
}

/**
 * Keeps the draft of an office's template with the pictures that were sent; nothing is issued by it yet. A
 * sample is drawn first, so that no picture that cannot be printed is ever kept.
 */
export async function saveTemplateDraft(
  ctx: Ctx,
  input: { officeCode: string; look: Look; pictures: Picture[] },
): Promise<void> {
  const office = await requireOffice(ctx, input.officeCode, templateRoles);
  await renderSample(ctx, { office, look: input.look, pictures: input.pictures });
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    for (const picture of input.pictures) await keepPicture(tx, { ...picture, at });
    const draft = { templateId: newId(), officeId: office.officeId, look: input.look, at };
    const templateId = await keepDraft(tx, { ...draft, by: personIdOf(ctx.actor) ?? null });
    await note(ctx, tx, { action: 'certificate-template.drafted', office, templateId, look: input.look });
  });
}

/** From now on certificates are issued by the draft; those issued before keep their look. */
export async function putTemplateIntoForce(ctx: Ctx, officeCode: string): Promise<void> {
  const office = await requireOffice(ctx, officeCode, templateRoles);
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    await endInForce(tx, office.officeId, at);
    const templateId = await bringIntoForce(tx, office.officeId, at);
    if (!templateId) throw nothingThere();
    await note(ctx, tx, { action: 'certificate-template.in-force', office, templateId });
  });
}

/** The office's own template ends, or only its draft is thrown away; then the nearest above counts. */
export async function endTemplate(
  ctx: Ctx,
  input: { officeCode: string; what: 'draft' | 'in_force' },
): Promise<void> {
  const office = await requireOffice(ctx, input.officeCode, templateRoles);
  await ctx.db.transaction(async (tx) => {
    const isDraft = input.what === 'draft';
    const wasThere = isDraft
      ? await dropDraft(tx, office.officeId)
      : await endInForce(tx, office.officeId, ctx.clock.now());
    if (!wasThere) throw nothingThere();
    const action = isDraft ? 'certificate-template.dropped' : 'certificate-template.ended';
    await note(ctx, tx, { action, office });
  });
}

type Act = { action: string; office: OfficeRow; templateId?: string; look?: Look };

async function note(ctx: Ctx, tx: Parameters<typeof audit>[0], act: Act): Promise<void> {
  await audit(tx, ctx, {
    action: act.action,
    subjectKind: 'certificate-template',
    subjectId: act.templateId ?? act.office.officeId,
    officeId: act.office.officeId,
    detail: act.look ? { look: act.look } : {},
  });
}

function nothingThere(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'ऐसा कोई साँचा अब नहीं है। पृष्ठ फिर से खोलें।',
      en: 'There is no such template now. Open the page again.',
    },
    { reason: 'no_template' },
  );
}
