import type { MandateStatus } from '../standing.ts';

export const statuses: readonly MandateStatus[] = ['met', 'metLate', 'open', 'overdue', 'exempt'];

export function statusHref(mandateId: string, params: Record<string, string | undefined> = {}): string {
  return withParams(`/office/orders/${mandateId}`, params);
}

export function personsHref(mandateId: string, params: Record<string, string | undefined>): string {
  return withParams(`/office/orders/${mandateId}/persons`, params);
}

export function withParams(path: string, params: Record<string, string | undefined>): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
