import type { Ctx } from '../kernel/context.ts';
import { indiaDay } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { newId } from '../kernel/ids.ts';
import type { CertificateContent, TwoScripts } from './content.ts';
import { type CompletionFacts, completionFacts } from './facts-store.ts';
import { newCertificateNumber } from './number.ts';
import { signCertificate } from './signed-payload.ts';
import {
  insertCertificate,
  liveCertificate,
  type NewCertificate,
  releaseNumber,
  reserveNumber,
} from './store.ts';

/**
 * Issues the certificate of a completion that Daksh decided, in the completion's own transaction, and
 * returns its number. Asked again, also at the same moment, it returns the number that was issued first.
 * A completion that was imported or taken back gets none: undefined. Whoever may complete a course gets
 * its certificate, so there is no policy of its own here.
 */
export async function issueCertificate(
  tx: Tx,
  ctx: Ctx,
  completion: { personId: string; completionId: string },
): Promise<string | undefined> {
  const existing = await liveCertificate(tx, completion.personId, completion.completionId);
  if (existing) return existing.certificateNo;
  const facts = await completionFacts(tx, completion.personId, completion.completionId);
  if (!facts) return undefined;
  const content = contentOf(facts, indiaDay(ctx.clock.now()));
  const made = await writeCertificate(tx, ctx, { ...completion, courseId: facts.courseId, content });
  if (made) return made;
  return (await liveCertificate(tx, completion.personId, completion.completionId))?.certificateNo;
}

type Unwritten = Pick<NewCertificate, 'personId' | 'completionId' | 'courseId' | 'content'> & {
  replacesNo?: string;
};

/** Gives it a free number, signs and keeps it; undefined where the completion has one already. */
export async function writeCertificate(tx: Tx, ctx: Ctx, draft: Unwritten): Promise<string | undefined> {
  const owner = { personId: draft.personId, certificateId: newId() };
  const certificateNo = await freeNumber(tx, ctx, owner);
  const isKept = await insertCertificate(tx, {
    ...draft,
    ...owner,
    certificateNo,
    signature: await signCertificate(ctx.db, certificateNo, draft.content),
    issuedAt: ctx.clock.now(),
    replacesNo: draft.replacesNo ?? null,
  });
  if (isKept) return certificateNo;
  await releaseNumber(tx, certificateNo);
  return undefined;
}

async function freeNumber(tx: Tx, ctx: Ctx, owner: { personId: string; certificateId: string }) {
  const year = Number(indiaDay(ctx.clock.now()).slice(0, 4));
  for (;;) {
    const certificateNo = newCertificateNumber(year);
    if (await reserveNumber(tx, certificateNo, owner)) return certificateNo;
  }
}

function contentOf(facts: CompletionFacts, issuedDay: string): CertificateContent {
  const names: TwoScripts[] = facts.offices.map(({ hi, en }) => ({ hi, en }));
  const departmentAt = facts.offices.findIndex((office) => office.kind === 'department');
  return {
    form: 1,
    name: facts.name,
    course: { code: facts.code, title: facts.title },
    minutes: facts.minutes,
    scorePercent: facts.scorePercent,
    completedDay: facts.completedDay,
    issuedDay,
    issuer: {
      government: names[0] ?? { hi: 'दक्ष', en: 'Daksh' },
      // Where no office is called a department, the one below the root stands for it.
      department: names[departmentAt > 0 ? departmentAt : 1] ?? null,
    },
  };
}
