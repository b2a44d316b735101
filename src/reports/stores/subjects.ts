import { attendance } from './attendance.ts';
import { completions } from './completions.ts';
import { courses } from './courses.ts';
import { orders } from './orders.ts';
import { people } from './people.ts';
import type { Subject, SubjectId } from './subject.ts';

/** What can be reported on: one catalogue of dimensions, columns and measures each. */
export const subjects: Readonly<Record<SubjectId, Subject>> = {
  people,
  completions,
  orders,
  courses,
  attendance,
};
