import { type FieldError, invalid, type Refusal } from '../../kernel/errors.ts';
import type { Bilingual } from '../../kernel/i18n.ts';

/** One wrong field, with its sentence. */
export function wrongField(path: string, code: string, text: Bilingual): Refusal {
  const field: FieldError = { path, code, text };
  return invalid([field]);
}
