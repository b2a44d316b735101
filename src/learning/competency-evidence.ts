import { type Evidence, readTags } from '../competencies/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { certificateLinksOf } from './hooks.ts';
import { type CourseEvidence, courseEvidence } from './stores/evidence.ts';

/** What a person's completed courses show of competencies: a passed quiz is the stronger evidence. */
export async function evidenceOfCourses(ctx: Ctx, personId: string): Promise<Evidence[]> {
  const [rows, links] = await Promise.all([
    courseEvidence(ctx.db.read, personId),
    certificateLinksOf(ctx, personId),
  ]);
  const byCompletion = new Map(links.map((one) => [one.completionId, one]));
  return rows.map((row) => evidenceOfRow(row, byCompletion.get(row.completionId)));
}

type Link = { certificateNo: string; href: string };

function evidenceOfRow(row: CourseEvidence, link: Link | undefined): Evidence {
  const foreign = row.foreignCertificateNo ? { number: row.foreignCertificateNo, href: null } : null;
  return {
    tags: readTags(row.competencies),
    strength: row.score === null ? 'completed' : 'assessed',
    day: row.day,
    course: { code: row.code, titleHi: row.titleHi, titleEn: row.titleEn, isRetired: row.isRetired },
    certificate: link ? { number: link.certificateNo, href: link.href } : foreign,
    source: row.source,
    score: row.score,
  };
}
