import { type Ctx, personIdOf, requireRole, scopesOf } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { notFound } from '../kernel/errors.ts';
import { rolesSeeingPersons } from '../organisations/index.ts';
import type { Certificate } from './content.ts';
import { personIsInScope } from './facts-store.ts';
import { readCertificateNumber } from './number.ts';
import { certificateByNumber } from './store.ts';

/** Who answers for the people of an office may take a certificate back or have it made out anew. */
export const rolesChangingCertificates = ['nodal'] as const;

/** A person's certificates are read by that person and by who may read names in the person's offices. */
export async function mayReadCertificatesOf(ctx: Ctx, personId: string): Promise<boolean> {
  if (personIdOf(ctx.actor) === personId) return true;
  return isOver(ctx, personId, scopesOf(ctx.actor, rolesSeeingPersons));
}

export async function mayChangeCertificatesOf(ctx: Ctx, personId: string): Promise<boolean> {
  return isOver(ctx, personId, scopesOf(ctx.actor, rolesChangingCertificates));
}

/** The certificate, where this actor may read it; not visible means not found. */
export async function requireReadable(ctx: Ctx, typed: string): Promise<Certificate> {
  const certificate = await find(ctx, typed);
  if (!certificate || !(await mayReadCertificatesOf(ctx, certificate.personId))) throw notFound();
  return certificate;
}

/** The certificate, where this actor may revoke or replace it. */
export async function requireChangeable(ctx: Ctx, typed: string): Promise<Certificate> {
  requireRole(ctx, rolesChangingCertificates);
  const certificate = await find(ctx, typed);
  if (!certificate || !(await mayChangeCertificatesOf(ctx, certificate.personId))) throw notFound();
  return certificate;
}

function isOver(ctx: Ctx, personId: string, scopes: readonly string[]): Promise<boolean> {
  return personIsInScope(ctx.db.read, personId, { scopes, today: todayInIndia(ctx.clock) });
}

async function find(ctx: Ctx, typed: string): Promise<Certificate | undefined> {
  const read = readCertificateNumber(typed);
  return typeof read === 'string' ? undefined : certificateByNumber(ctx.db.read, read.certificateNo);
}
