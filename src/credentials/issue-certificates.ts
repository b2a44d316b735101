import type { Ctx } from '../kernel/context.ts';
import { indiaDay } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { newId } from '../kernel/ids.ts';
import type { CertificateContent, TwoScripts } from './content.ts';
import { type CompletionFacts, completionFacts } from './facts-store.ts';
import { newCertificateNumber } from './number.ts';
import { certificateSigner } from './signed-payload.ts';
import {
  insertCertificates,
  liveNumbers,
  type NewCertificate,
  releaseNumbers,
  reserveNumbers,
} from './store.ts';

type Completed = { personId: string; completionId: string };

/**
 * Issues the certificates of completions that Daksh decided, in the completions' own transaction, and returns
 * their numbers by completion. Asked again, also at the same moment, it returns the number that was issued
 * first. A completion that was imported or taken back gets none: absent. Whoever may complete a course gets
 * its certificate, so there is no policy of its own here.
 */
export async function issueCertificates(
  tx: Tx,
  ctx: Pick<Ctx, 'db' | 'clock'>,
  completions: Completed[],
): Promise<Map<string, string>> {
  const facts = await completionFacts(tx, completions);
  const issuedDay = indiaDay(ctx.clock.now());
  const drafts = facts.map((fact) => ({
    ...fact,
    content: contentOf(fact, issuedDay),
    templateId: fact.template?.id ?? null,
  }));
  const written = await writeCertificates(tx, ctx, drafts);
  const others = completions.filter((one) => !written.has(one.completionId));
  const earlier = others.length > 0 ? await liveNumbers(tx, others) : new Map<string, string>();
  return new Map([...written, ...earlier]);
}

type Draft = Pick<NewCertificate, 'personId' | 'completionId' | 'courseId' | 'content' | 'templateId'> & {
  replacesNo?: string;
};

/** Gives them free numbers, signs and keeps them; a completion that has one already is absent in the answer. */
export async function writeCertificates(
  tx: Tx,
  ctx: Pick<Ctx, 'db' | 'clock'>,
  drafts: Draft[],
): Promise<Map<string, string>> {
  if (drafts.length === 0) return new Map();
  const issuedAt = ctx.clock.now();
  const sign = await certificateSigner(ctx.db);
  const numbered = await withNumbers(tx, drafts, Number(indiaDay(issuedAt).slice(0, 4)));
  const certificates = numbered.map((draft) => ({
    personId: draft.personId,
    certificateId: draft.certificateId,
    completionId: draft.completionId,
    courseId: draft.courseId,
    certificateNo: draft.certificateNo,
    templateId: draft.templateId,
    statusIndex: draft.statusIndex,
    content: draft.content,
    signature: sign(draft),
    issuedAt,
    replacesNo: draft.replacesNo ?? null,
  }));
  const kept = await insertCertificates(tx, certificates);
  const refused = certificates.filter((one) => !kept.has(one.certificateId));
  if (refused.length > 0)
    await releaseNumbers(
      tx,
      refused.map((one) => one.certificateNo),
    );
  const written = certificates.filter((one) => kept.has(one.certificateId));
  return new Map(written.map((one) => [one.completionId, one.certificateNo]));
}

/** A number that somebody has already is drawn again. */
async function withNumbers(tx: Tx, drafts: Draft[], year: number) {
  const owners = drafts.map((draft) => ({ ...draft, certificateId: newId() }));
  const numbered: ((typeof owners)[number] & { certificateNo: string; statusIndex: number })[] = [];
  let open = owners;
  while (open.length > 0) {
    const tried = open.map((owner) => ({ ...owner, certificateNo: newCertificateNumber(year) }));
    const free = await reserveNumbers(tx, tried);
    for (const one of tried) {
      const statusIndex = free.get(one.certificateId);
      if (statusIndex !== undefined) numbered.push({ ...one, statusIndex });
    }
    open = open.filter((one) => !free.has(one.certificateId));
  }
  return numbered;
}

export function contentOf(facts: CompletionFacts, issuedDay: string): CertificateContent {
  return {
    form: 1,
    name: facts.name,
    course: { code: facts.code, title: facts.title },
    minutes: facts.minutes,
    scorePercent: facts.scorePercent,
    completedDay: facts.completedDay,
    issuedDay,
    issuer: issuerOf(facts),
  };
}

/** The office whose template it bears, by the name that it gives itself there; else the department. */
export function issuerOf({ offices, template }: Pick<CompletionFacts, 'offices' | 'template'>) {
  const root = offices[0];
  const departmentAt = offices.findIndex((office) => office.kind === 'department');
  // Where no office is called a department, the one below the root stands for it.
  const department = offices[departmentAt > 0 ? departmentAt : 1];
  const own = offices.find((office) => office.id === template?.officeId);
  const isNamed = template && (template.issuer.hi || template.issuer.en);
  const issuer = isNamed
    ? template.issuer
    : own && own !== root
      ? namesOf(own)
      : department && namesOf(department);
  return {
    government: root ? namesOf(root) : { hi: 'दक्ष', en: 'Daksh' },
    department: issuer ?? null,
    officeId: (own ?? department ?? root)?.id,
  };
}

function namesOf({ hi, en }: TwoScripts): TwoScripts {
  return { hi, en };
}
