import type { MessageKey, Translate } from '../../kernel/i18n.ts';
import { officeKinds } from '../desk/schema.ts';

/** The word for a kind of office; a kind of one's own stands as it was given. */
export function kindWord(t: Translate, kind: string | null): string | null {
  if (!kind) return null;
  return (officeKinds as readonly string[]).includes(kind)
    ? t(`organisations.kind_${kind}` as MessageKey)
    : kind;
}

export function areaKindWord(t: Translate, kind: string): string {
  return t(`organisations.area_${kind}` as MessageKey);
}
