import type { MessageKey, Translate } from '../kernel/i18n.ts';

/** Tags that authors are offered, and what they are called; any other stands as its author wrote it. */
export const tagKeys = {
  ai: 'catalogue.tag_ai',
  cyber: 'catalogue.tag_cyber',
  field: 'catalogue.tag_field',
  health: 'catalogue.tag_health',
  police: 'catalogue.tag_police',
  procurement: 'catalogue.tag_procurement',
  wellbeing: 'catalogue.tag_wellbeing',
  'citizen-service': 'catalogue.tag_citizen_service',
  'women-safety': 'catalogue.tag_women_safety',
} as const satisfies Record<string, MessageKey>;

export function tagName(tag: string, t: Translate): string {
  return Object.hasOwn(tagKeys, tag) ? t(tagKeys[tag as keyof typeof tagKeys]) : tag;
}
