import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Declaration } from '../passbook/evidence.ts';

const columns = sql`d.competency_declaration_id as "declarationId", c.key, d.level, d.note,
  d.declared_at as "declaredAt"`;

/** A person's statements that stand. */
export async function declarationsOf(db: Reads | Tx, personId: string): Promise<Declaration[]> {
  const found = await sql<Declaration>`select ${columns} from competency_declaration d
      join competency c using (competency_id)
    where d.person_id = ${personId} and d.withdrawn_at is null order by d.declared_at desc`.execute(db);
  return found.rows;
}

export type NewDeclaration = {
  personId: string;
  declarationId: string;
  competencyId: string;
  level: number;
  note: string;
  now: Date;
};

/** Puts a statement in place of the one that stands; false where another was made at the same moment. */
export async function replaceDeclaration(tx: Tx, made: NewDeclaration): Promise<boolean> {
  await sql`update competency_declaration set withdrawn_at = ${made.now}, withdrawn_reason = 'replaced'
    where person_id = ${made.personId} and competency_id = ${made.competencyId} and withdrawn_at is null`.execute(
    tx,
  );
  const done =
    await sql`insert into competency_declaration (person_id, competency_declaration_id, competency_id, level,
      note, declared_at)
    values (${made.personId}, ${made.declarationId}, ${made.competencyId}, ${made.level}, ${made.note}, ${made.now})
    on conflict do nothing`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export type Withdrawal = { personId: string; declarationId: string; now: Date };

/** Whether a statement that stood was withdrawn. */
export async function markWithdrawn(tx: Tx, { personId, declarationId, now }: Withdrawal): Promise<boolean> {
  const done =
    await sql`update competency_declaration set withdrawn_at = ${now}, withdrawn_reason = 'withdrawn'
    where person_id = ${personId} and competency_declaration_id = ${declarationId} and withdrawn_at is null`.execute(
      tx,
    );
  return Number(done.numAffectedRows ?? 0) > 0;
}

/** The survivor's own statements stand; those of the other record come beside them where he made none. */
export async function moveDeclarations(
  tx: Tx,
  { survivorId, mergedId, now }: { survivorId: string; mergedId: string; now: Date },
): Promise<void> {
  await sql`insert into competency_declaration (person_id, competency_declaration_id, competency_id, level, note, declared_at)
    select ${survivorId}, new_id(), competency_id, level, note, declared_at from competency_declaration
    where person_id = ${mergedId} and withdrawn_at is null
    on conflict do nothing`.execute(tx);
  await sql`update competency_declaration set withdrawn_at = ${now}, withdrawn_reason = 'merged'
    where person_id = ${mergedId} and withdrawn_at is null`.execute(tx);
}
