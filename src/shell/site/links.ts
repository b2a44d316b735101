import { type Actor, grantsOf } from '../../kernel/context.ts';
import { type Language, type MessageKey, translator } from '../../kernel/i18n.ts';
import type { IconName } from '../components/icon.tsx';
import type { FrameLink } from '../frame.ts';

export type SiteLink = {
  key: string;
  area: 'public' | 'learner' | 'office';
  label: MessageKey;
  href: string;
  icon?: IconName;
  /** Office links: shown to holders of any of these roles; none given: to everybody in the area. */
  roles?: readonly string[];
  /** Office links stand under the heading of their group, in this order; those of none come first. */
  group?: LinkGroup;
  order: number;
};

export const linkGroups = ['people', 'orders', 'learning', 'setup'] as const;
export type LinkGroup = (typeof linkGroups)[number];

/** So many links are read one by one; more want headings. */
const mostWithoutHeadings = 8;

const links = new Map<string, SiteLink>();

/** Features put their own entries into the navigation; the shell knows none of them. */
export function addSiteLink(link: SiteLink): void {
  links.set(`${link.area}:${link.key}`, link);
}

/** Where the office work of this actor begins: the first page beyond `/office` that one of his roles opens. */
export function firstOfficeWork(actor: Actor): string | undefined {
  const held = new Set(grantsOf(actor).map((grant) => grant.role));
  return [...links.values()]
    .filter(
      (link) =>
        link.area === 'office' && link.href !== '/office' && link.roles?.some((role) => held.has(role)),
    )
    .sort((a, b) => placeOf(a) - placeOf(b) || a.order - b.order)[0]?.href;
}

/** Where this actor's office pages begin; undefined where none of his roles opens one. */
export function officeHome(actor: Actor): string | undefined {
  const held = new Set(grantsOf(actor).map((grant) => grant.role));
  const opens = [...links.values()].some(
    (link) => link.href === '/office' && (!link.roles || link.roles.some((role) => held.has(role))),
  );
  return opens && held.size > 0 ? '/office' : firstOfficeWork(actor);
}

type Look = { language: Language; waiting: readonly { link: string; n: number }[] };

/** `waiting`: how much waits behind which entry. */
export function linksFor(actor: Actor, area: SiteLink['area'], { language, waiting }: Look): FrameLink[] {
  const held = new Set(grantsOf(actor).map((grant) => grant.role));
  const t = translator(language);
  const shown = [...links.values()]
    .filter((link) => link.area === area && (!link.roles || link.roles.some((role) => held.has(role))))
    .sort((a, b) => placeOf(a) - placeOf(b) || a.order - b.order);
  const hasHeadings = shown.length > mostWithoutHeadings;
  return shown.map(({ key, label, href, icon, group }) => {
    const badge = waiting.reduce((sum, one) => sum + (one.link === key ? one.n : 0), 0);
    const heading = hasHeadings && group ? t(`shell.group_${group}`) : undefined;
    return { key, label: t(label), href, icon, heading, ...(badge > 0 ? { badge } : {}) };
  });
}

function placeOf({ group }: SiteLink): number {
  return group ? linkGroups.indexOf(group) : -1;
}
