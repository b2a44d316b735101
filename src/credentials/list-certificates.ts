import { type Ctx, requirePerson, requireRole } from '../kernel/context.ts';
import { rolesSeeingPersons } from '../organisations/index.ts';
import { keepLeadersLooks } from '../people/index.ts';
import type { Certificate } from './content.ts';
import { personIdsWithCode } from './facts-store.ts';
import { readCertificateNumber } from './number.ts';
import { mayReadCertificatesOf, requireReadable } from './policy.ts';
import { certificateByNumber, certificatesEver, certificatesHeld } from './store.ts';

/** A page of the actor's own certificates, newest first; `next` is what to give as `after`, or null. */
export async function ownCertificates(
  ctx: Ctx,
  page: { limit: number; after?: string },
): Promise<{ items: Certificate[]; next: string | null }> {
  const personId = requirePerson(ctx);
  const found = await certificatesHeld(ctx.db.read, personId, { ...page, limit: page.limit + 1 });
  const items = found.slice(0, page.limit);
  return { items, next: found.length > page.limit ? (items.at(-1)?.certificateId ?? null) : null };
}

/** One certificate, where the actor may read it. */
export async function certificateDetail(ctx: Ctx, typed: string): Promise<Certificate> {
  const certificate = await requireReadable(ctx, typed);
  await keepLeadersLooks(ctx, [certificate.personId]);
  return certificate;
}

/**
 * For the office's desk: the certificate with this number, or all of the persons with this employee code.
 * Only people whom the actor may see; nothing found and nothing visible look alike.
 */
export async function searchCertificates(ctx: Ctx, typed: string): Promise<Certificate[]> {
  requireRole(ctx, rolesSeeingPersons);
  const found = await searched(ctx, typed);
  await keepLeadersLooks(
    ctx,
    found.map((certificate) => certificate.personId),
  );
  return found;
}

async function searched(ctx: Ctx, typed: string): Promise<Certificate[]> {
  const read = readCertificateNumber(typed);
  if (typeof read === 'object') {
    const found = await certificateByNumber(ctx.db.read, read.certificateNo);
    return found && (await mayReadCertificatesOf(ctx, found.personId)) ? [found] : [];
  }
  const personIds = await personIdsWithCode(ctx.db.read, typed.trim());
  const lists = await Promise.all(personIds.map((personId) => certificatesOf(ctx, personId)));
  return lists.flat();
}

/** All certificates of a person whom the actor may see; none where not. */
export async function certificatesOf(ctx: Ctx, personId: string): Promise<Certificate[]> {
  return (await mayReadCertificatesOf(ctx, personId)) ? certificatesEver(ctx.db.read, personId) : [];
}
