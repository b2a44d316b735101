import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import { officesByIds } from './offices.ts';

/** An office or an area that counts people. */
export type NodeRow = OfficeRow;

export async function nodesByIds(reads: Reads, ids: readonly string[]): Promise<NodeRow[]> {
  return officesByIds(reads, ids);
}

/** Which offices a node counts, for `where`. */
export function isCountedAt(nodeId: string) {
  return sql<boolean>`here.path @> array[${nodeId}::uuid]`;
}
