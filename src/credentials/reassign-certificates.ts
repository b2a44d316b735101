import type { Tx } from '../kernel/db.ts';
import { moveCertificates } from './store.ts';

/**
 * After two records of one person were merged: all certificates of the one that gives way belong to the
 * survivor, in the caller's transaction (its policy and audit row cover this). Numbers, contents and
 * signatures stay, so printed certificates remain good. Returns how many were moved.
 */
export function reassignCertificates(tx: Tx, fromPersonId: string, toPersonId: string): Promise<number> {
  return moveCertificates(tx, fromPersonId, toPersonId);
}
