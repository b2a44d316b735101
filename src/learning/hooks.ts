import type { Ctx } from '../kernel/context.ts';

/** A certificate that a person holds, as told by whoever issues them. */
export type CertificateLink = { completionId: string; courseId: string; certificateNo: string; href: string };
type CertificateLinks = (ctx: Ctx, personId: string) => Promise<CertificateLink[]>;

let links: CertificateLinks = async () => [];

/**
 * Set by the feature that issues certificates: all that the person holds now, replaced and revoked ones
 * left out. Learning lies below it and links to them from home, course and completion.
 */
export function setCertificateLink(provider: CertificateLinks): void {
  links = provider;
}

export function certificateLinksOf(ctx: Ctx, personId: string): Promise<CertificateLink[]> {
  return links(ctx, personId);
}

/** One line that waits on a person's home: what happened, and where to look. */
export type HomeNotice = { key: string; text: string; href: string; madeAt: Date };
type HomeNotices = (ctx: Ctx, personId: string) => Promise<HomeNotice[]>;

const noticeProviders = new Map<string, HomeNotices>();

/** Adds a source of lines for the top of a learner's home; the newest stand first. Keep it to one quick query. */
export function addHomeNotice(name: string, provider: HomeNotices): void {
  noticeProviders.set(name, provider);
}

export async function homeNoticesOf(ctx: Ctx, personId: string): Promise<HomeNotice[]> {
  const found = await Promise.all([...noticeProviders.values()].map((provider) => provider(ctx, personId)));
  return found.flat().sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime());
}
