import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';

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

async function ask(tx: Tx, call: RawBuilder<unknown>): Promise<boolean> {
  const found = await sql<{ done: boolean }>`select ${call} as done`.execute(tx);
  return found.rows[0]?.done ?? false;
}
