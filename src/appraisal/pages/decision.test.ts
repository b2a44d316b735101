import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StatementContent } from '../statements/content.ts';
import { changesOf } from './decision.tsx';

const session = (minutes: number) => ({
  ...{ kind: 'session', code: 'S', title: { hi: 'सत्र', en: 'Session' }, mode: 'classroom', minutes },
  ...{ completedOn: '2026-11-22', certificateNo: null, isCounted: true, isRenewal: false },
});

function content(minutes: number[], group: string): StatementContent {
  const totals = { courses: 0, renewals: 0, onlineMinutes: 0, classroomMinutes: 150, minutes: 150, days: 1 };
  const post = { designation: null, group, office: { hi: 'कार्यालय', en: 'Office' } };
  const person = { name: { hi: 'सुनीता', en: null }, code: '1' };
  const shown = { person, post, totals, items: minutes.map(session), mandates: [], postings: [] };
  return shown as unknown as StatementContent;
}

test('of two sessions of one title and day neither hides the other; a group is said in the reader’s letters', () => {
  const preview = { before: content([60, 90], 'C'), after: content([30, 90], 'B') };
  const lines = (language: 'hi' | 'en') =>
    changesOf(preview, language).map((row) => `${row.what}: ${row.before} → ${row.after}`);
  assert.deepEqual(lines('en'), [
    'Group: C → B',
    'Session, 22 November 2026: 1 hour, Classroom; 1 hour 30 minutes, Classroom → 30 minutes, Classroom; 1 hour 30 minutes, Classroom',
  ]);
  assert.match(lines('hi')[0] ?? '', /ग → ख$/);
});
