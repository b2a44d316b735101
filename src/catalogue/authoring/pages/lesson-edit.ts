import type { z } from 'zod';
import type { lessonForm } from './forms.ts';

/** The lesson's form as the command takes it. */
export function editOf(values: z.output<typeof lessonForm>) {
  return {
    revision: values.revision,
    titleHi: values.titleHi ?? null,
    titleEn: values.titleEn ?? null,
    hi: { body: values.bodyHi, transcript: values.transcriptHi, altText: values.altHi },
    en: { body: values.bodyEn, transcript: values.transcriptEn, altText: values.altEn },
    durationMinutes: values.durationMinutes ?? null,
    seenPercent: values.seenPercent === undefined ? undefined : (values.seenPercent ?? null),
    minimumSeconds: values.minimumSeconds === null ? null : Math.round(values.minimumSeconds ?? 0),
  };
}
