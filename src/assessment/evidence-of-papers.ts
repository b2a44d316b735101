import { type Evidence, readTags } from '../competencies/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { passedPapers } from './stores/evidence.ts';

/** What passed tests show of a person's competencies, at the level that their course names, before it is completed. */
export async function evidenceOfPapers(ctx: Ctx, personId: string): Promise<Evidence[]> {
  const papers = await passedPapers(ctx.db.read, personId);
  return papers.map(({ courseCode, titleHi, titleEn, isRetired, day, competencies, score }) => ({
    tags: readTags(competencies),
    strength: 'assessed',
    day,
    course: { code: courseCode, titleHi, titleEn, isRetired },
    certificate: null,
    source: 'daksh',
    score,
  }));
}
