import { z } from 'zod';
import { addFieldTexts } from '../../kernel/field-texts.ts';
import { moved } from '../authoring/moved.ts';

export const courseSteps = ['add', 'remove', 'up', 'down'] as const;
export type CourseStep = (typeof courseSteps)[number];

addFieldTexts({
  course_needed: { hi: 'कम से कम एक कोर्स चुनें।', en: 'Tick at least one course.' },
});

const several = (given: unknown) => (typeof given === 'string' ? [given] : given);

/** What a page's form says of courses in a list: the ticked ones, or the one whose button was pressed. */
export const chosenCourses = z.preprocess(
  several,
  z.array(z.string().max(64), 'course_needed').min(1, 'course_needed').max(100, 'too_long'),
);

/** The list after one step; what stands there already is not added twice, what does not is not moved. */
export function arranged(list: readonly string[], step: CourseStep, ids: readonly string[]): string[] {
  if (step === 'add') return [...new Set([...list, ...ids])];
  if (step === 'remove') return list.filter((id) => !ids.includes(id));
  return ids.filter((id) => list.includes(id)).reduce<string[]>((so, id) => moved(so, id, step), [...list]);
}
