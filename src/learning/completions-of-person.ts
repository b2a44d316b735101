import type { Ctx } from '../kernel/context.ts';
import { certificateLinksOf } from './hooks.ts';
import { completionsOf } from './stores/home.ts';

export type PersonCompletion = {
  completionId: string;
  courseCode: string;
  title: { hi: string | null; en: string | null };
  completedDay: string;
  minutes: number;
  /** 'daksh' where Daksh decided it, else where it was imported from. */
  source: string;
  certificateNo: string | null;
  /** The same course again, on a later day. */
  isRenewal: boolean;
};

/** A person's completions, newest first, at most 500. The caller has checked that the actor may see them. */
export async function completionsOfPerson(ctx: Ctx, personId: string): Promise<PersonCompletion[]> {
  const [rows, certificates] = await Promise.all([
    completionsOf(ctx, personId, 500),
    certificateLinksOf(ctx, personId),
  ]);
  const byCompletion = new Map(certificates.map((one) => [one.completionId, one.certificateNo]));
  return rows.map((row) => ({
    completionId: row.completionId,
    courseCode: row.code,
    title: { hi: row.titleHi, en: row.titleEn },
    completedDay: row.completedDay,
    minutes: row.minutes,
    source: row.source,
    isRenewal: row.isRenewal,
    certificateNo: byCompletion.get(row.completionId) ?? row.foreignCertificateNo,
  }));
}
