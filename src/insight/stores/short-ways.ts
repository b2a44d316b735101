import { type RawBuilder, sql } from 'kysely';
import { hot, type Tx } from '../../kernel/db.ts';

export type PersonCompletion = { personId: string; completionId: string };

/** Writes the deltas of new completions, one a person; returns those for which timelines must be compared. */
export async function countCompletions(tx: Tx, made: PersonCompletion[]): Promise<PersonCompletion[]> {
  const found = await sql<PersonCompletion>`${hot}
    select person_id as "personId", completion_id as "completionId" from ${unnested(made)}
    where not count_completion(person_id, completion_id)`.execute(tx);
  return found.rows;
}

/** True where the deltas of the one new fact are written, false where timelines must be compared. */
export function countEnrolment(tx: Tx, personId: string, enrolmentId: string): Promise<boolean> {
  return ask(tx, sql`count_enrolment(${personId}, ${enrolmentId})`);
}

/** As `countEnrolment`. */
export function countFirstSignIn(tx: Tx, personId: string): Promise<boolean> {
  return ask(tx, sql`count_sign_in(${personId})`);
}

/** The completions of the same course and day that were voided in favour of these. */
export async function replacedBy(tx: Tx, made: PersonCompletion[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select gone.completion_id as id from ${unnested(made)} join completion made using (person_id, completion_id)
      join completion gone using (person_id, course_id, completed_day)
    where gone.voided_at = made.completed_at`.execute(tx);
  return found.rows.map((row) => row.id);
}

function unnested(made: PersonCompletion[]): RawBuilder<unknown> {
  return sql`unnest(${made.map((one) => one.personId)}::uuid[], ${made.map((one) => one.completionId)}::uuid[])
    as i (person_id, completion_id)`;
}

async function ask(tx: Tx, call: RawBuilder<unknown>): Promise<boolean> {
  const found = await sql<{ done: boolean }>`${hot}select ${call} as done`.execute(tx);
  return found.rows[0]?.done ?? false;
}
