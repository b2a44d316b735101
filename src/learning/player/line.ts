import type { Part } from './parts.ts';

export type Report = {
  enrolmentId: string;
  lessonId: string;
  seconds: number;
  position?: number;
  segments?: Part[];
};
export type Answer = {
  totalSeconds: number;
  doneSeconds: number;
  requiredSeconds: number;
  lessonMet: boolean;
  courseCompleted: boolean;
};

const address = '/api/v1/engagement';
const token = document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '';

/** Goes on when the page goes away, where the browser can do that. */
export function post(report: Report): Promise<Response> {
  return fetch(address, {
    method: 'POST',
    keepalive: true,
    headers: { 'content-type': 'application/json', 'x-csrf-token': token },
    body: JSON.stringify(report),
  });
}

/** For the moment in which a page goes away: true where the browser has taken the report over. */
export function postLast(report: Report): boolean {
  if (!navigator.onLine) return false;
  const body = new Blob([JSON.stringify(report)], { type: 'application/json' });
  return navigator.sendBeacon(`${address}?_csrf=${encodeURIComponent(token)}`, body);
}
