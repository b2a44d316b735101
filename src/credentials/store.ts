import { type RawBuilder, sql } from 'kysely';
import { type Db, hot, type Reads, type Tx } from '../kernel/db.ts';
import { gatheringRows } from '../kernel/gather.ts';
import type { Certificate, ReplacedClass } from './content.ts';

type Reader = Reads | Tx;

const columns = sql`c.person_id as "personId", c.certificate_id as "certificateId", c.completion_id as "completionId",
  c.course_id as "courseId", c.certificate_no as "certificateNo", c.content, c.signature, c.issued_at as "issuedAt",
  c.replaces_no as "replacesNo", c.replaced_by_no as "replacedByNo", c.replaced_at as "replacedAt",
  c.replaced_reason as "replacedReason", c.revoked_at as "revokedAt", c.revoked_reason as "revokedReason",
  c.certificate_template_id as "templateId", c.status_index as "statusIndex", c.replaced_class as "replacedClass"`;

async function one(db: Reader, where: RawBuilder<unknown>): Promise<Certificate | undefined> {
  const found = await sql<Certificate>`${hot}select ${columns} from certificate c ${where}`.execute(db);
  return found.rows[0];
}

export function certificateByNumber(db: Reader, certificateNo: string): Promise<Certificate | undefined> {
  return one(
    db,
    sql`join certificate_number n on n.person_id = c.person_id and n.certificate_id = c.certificate_id
      where n.certificate_no = ${certificateNo}`,
  );
}

/** The certificate of a completion that no other has replaced. */
export function liveCertificate(
  db: Reader,
  personId: string,
  completionId: string,
): Promise<Certificate | undefined> {
  return one(
    db,
    sql`where c.person_id = ${personId} and c.completion_id = ${completionId} and c.replaced_by_no is null`,
  );
}

/** As `liveCertificate`, locked: who revokes or replaces waits for who was first. */
export function lockedCertificate(tx: Tx, certificate: Certificate): Promise<Certificate | undefined> {
  return one(
    tx,
    sql`where c.person_id = ${certificate.personId} and c.certificate_id = ${certificate.certificateId} for update`,
  );
}

/** All that were made out for one completion, the first first: what became of a certificate. */
export async function certificatesOfCompletion(
  db: Reader,
  of: Pick<Certificate, 'personId' | 'completionId'>,
): Promise<Certificate[]> {
  const found = await sql<Certificate>`select ${columns} from certificate c
    where c.person_id = ${of.personId} and c.completion_id = ${of.completionId}
    order by c.certificate_id limit 100`.execute(db);
  return found.rows;
}

/** Newest first, replaced ones left out: what the person holds. */
export async function certificatesHeld(
  db: Reader,
  personId: string,
  page: { limit: number; after?: string },
): Promise<Certificate[]> {
  const found = await sql<Certificate>`select ${columns} from certificate c
    where c.person_id = ${personId} and c.replaced_by_no is null
      and (${page.after ?? null}::uuid is null or c.certificate_id < ${page.after ?? null}::uuid)
    order by c.certificate_id desc limit ${page.limit}`.execute(db);
  return found.rows;
}

/** All of a person's, replaced ones too: the whole trail, newest first. */
export async function certificatesEver(db: Reader, personId: string): Promise<Certificate[]> {
  const found = await sql<Certificate>`select ${columns} from certificate c where c.person_id = ${personId}
    order by c.certificate_id desc limit 500`.execute(db);
  return found.rows;
}

export async function countCertificates(db: Reader, personId: string): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from certificate
    where person_id = ${personId} and replaced_by_no is null`.execute(db);
  return found.rows[0]?.count ?? 0;
}

/** The numbers of the certificates that no other has replaced, by completion; those without one are absent. */
export async function liveNumbers(
  db: Reader,
  completions: { personId: string; completionId: string }[],
): Promise<Map<string, string>> {
  const found = await sql<{ completionId: string; certificateNo: string }>`${hot}
    select c.completion_id as "completionId", c.certificate_no as "certificateNo"
    from unnest(${completions.map((one) => one.personId)}::uuid[],
      ${completions.map((one) => one.completionId)}::uuid[]) as i (person_id, completion_id)
    join certificate c using (person_id, completion_id) where c.replaced_by_no is null`.execute(db);
  return new Map(found.rows.map((row) => [row.completionId, row.certificateNo]));
}

type Numbered = { certificateNo: string; personId: string; certificateId: string };

/** Takes the numbers for their certificates; returns the places in the status list of those whose number nobody had. */
export async function reserveNumbers(tx: Tx, wanted: Numbered[]): Promise<Map<string, number>> {
  const made = await sql<{
    id: string;
    statusIndex: number;
  }>`${hot}insert into certificate_number (certificate_no, person_id, certificate_id)
    select * from unnest(${wanted.map((one) => one.certificateNo)}::text[],
      ${wanted.map((one) => one.personId)}::uuid[], ${wanted.map((one) => one.certificateId)}::uuid[])
    on conflict do nothing returning certificate_id as id, status_index as "statusIndex"`.execute(tx);
  return new Map(made.rows.map((row) => [row.id, row.statusIndex]));
}

export async function releaseNumbers(tx: Tx, numbers: string[]): Promise<void> {
  await sql`delete from certificate_number where certificate_no = any(${numbers}::text[])`.execute(tx);
}

export type NewCertificate = Omit<
  Certificate,
  'replacedByNo' | 'replacedAt' | 'replacedReason' | 'replacedClass' | 'revokedAt' | 'revokedReason'
>;

/**
 * Keeps certificates and returns the ids of those kept: a completion that has one already, also one that a
 * racing request made, gets no second.
 */
export async function insertCertificates(tx: Tx, certificates: NewCertificate[]): Promise<Set<string>> {
  const rows = certificates.map((one) => ({
    person_id: one.personId,
    certificate_id: one.certificateId,
    completion_id: one.completionId,
    course_id: one.courseId,
    certificate_no: one.certificateNo,
    content: one.content,
    signature: one.signature,
    issued_at: one.issuedAt,
    replaces_no: one.replacesNo,
    status_index: one.statusIndex,
    certificate_template_id: one.templateId,
  }));
  const made = await sql<{
    id: string;
  }>`${hot}insert into certificate (person_id, certificate_id, completion_id,
      course_id, certificate_no, content, signature, issued_at, replaces_no, status_index, certificate_template_id)
    select * from json_to_recordset(${JSON.stringify(rows)}::json) as i (person_id uuid, certificate_id uuid,
      completion_id uuid, course_id uuid, certificate_no text, content jsonb, signature text, issued_at timestamptz,
      replaces_no text, status_index bigint, certificate_template_id uuid)
    on conflict (person_id, completion_id) where replaced_by_no is null do nothing
    returning certificate_id as id`.execute(tx);
  return new Set(made.rows.map((row) => row.id));
}

export async function markReplaced(
  tx: Tx,
  old: Certificate,
  by: { certificateNo: string; at: Date; reason: string; replacedClass: ReplacedClass },
): Promise<void> {
  await sql`update certificate set replaced_by_no = ${by.certificateNo}, replaced_at = ${by.at},
      replaced_reason = ${by.reason}, replaced_class = ${by.replacedClass}
    where person_id = ${old.personId} and certificate_id = ${old.certificateId}`.execute(tx);
}

export async function markRevoked(
  tx: Tx,
  certificate: Certificate,
  by: { at: Date; reason: string; personId: string | null },
): Promise<void> {
  await sql`update certificate set revoked_at = ${by.at}, revoked_reason = ${by.reason}, revoked_by = ${by.personId}
    where person_id = ${certificate.personId} and certificate_id = ${certificate.certificateId}`.execute(tx);
}

/** Inserted anew under the survivor, since a row's person never changes in place. */
export async function moveCertificates(tx: Tx, fromPersonId: string, toPersonId: string): Promise<number> {
  const moved =
    await sql`insert into certificate (person_id, certificate_id, completion_id, course_id, certificate_no,
      content, signature, issued_at, replaces_no, replaced_by_no, replaced_at, replaced_reason, revoked_at,
      revoked_reason, revoked_by, status_index, certificate_template_id, replaced_class)
    select ${toPersonId}::uuid, certificate_id, completion_id, course_id, certificate_no, content, signature,
      issued_at, replaces_no, replaced_by_no, replaced_at, replaced_reason, revoked_at, revoked_reason, revoked_by,
      status_index, certificate_template_id, replaced_class
    from certificate where person_id = ${fromPersonId} returning 1`.execute(tx);
  await sql`delete from certificate where person_id = ${fromPersonId}`.execute(tx);
  await sql`update certificate_number set person_id = ${toPersonId} where person_id = ${fromPersonId}`.execute(
    tx,
  );
  return moved.rows.length;
}

const certificateLinks = `select w.person_id as "personId", found.* from unnest($1::uuid[]) w (person_id) cross join lateral (
    select completion_id as "completionId", course_id as "courseId", certificate_no as "certificateNo"
    from certificate c where c.person_id = w.person_id and replaced_by_no is null and revoked_at is null
    order by certificate_id desc limit 500) found`;

type CertificateOfPerson = {
  personId: string;
  completionId: string;
  courseId: string;
  certificateNo: string;
};

/** What the learner's pages link to, read for the persons of one moment together, since every home asks. */
export const certificateLinksOf = gatheringRows(
  (db: Pick<Db, 'hot'>, personIds) =>
    db.hot<CertificateOfPerson>('certificate-links', certificateLinks, [personIds]),
  (row) => row.personId,
);
