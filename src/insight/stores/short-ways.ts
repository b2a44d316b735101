import { type RawBuilder, sql } from 'kysely';
import { hot, type Tx } from '../../kernel/db.ts';

/** Each is true where the deltas of the one new fact are written, false where timelines must be compared. */
export function countCompletion(tx: Tx, personId: string, completionId: string): Promise<boolean> {
  return ask(tx, sql`count_completion(${personId}, ${completionId})`);
}

export function countEnrolment(tx: Tx, personId: string, enrolmentId: string): Promise<boolean> {
  return ask(tx, sql`count_enrolment(${personId}, ${enrolmentId})`);
}

export function countFirstSignIn(tx: Tx, personId: string): Promise<boolean> {
  return ask(tx, sql`count_sign_in(${personId})`);
}

/** The completions of the same course and day that were voided in favour of this one. */
export async function replacedBy(tx: Tx, personId: string, completionId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select gone.completion_id as id from completion made join completion gone using (person_id, course_id, completed_day)
    where made.person_id = ${personId} and made.completion_id = ${completionId} and gone.voided_at = made.completed_at`.execute(
    tx,
  );
  return found.rows.map((row) => row.id);
}

async function ask(tx: Tx, call: RawBuilder<unknown>): Promise<boolean> {
  const found = await sql<{ done: boolean }>`${hot}select ${call} as done`.execute(tx);
  return found.rows[0]?.done ?? false;
}
