import { z } from 'zod';
import { dayField } from '../kernel/day-field.ts';
import type { SubjectId } from './stores/subject.ts';

export const subjectIds = [
  'people',
  'completions',
  'orders',
  'courses',
  'attendance',
] as const satisfies SubjectId[];
export const formats = ['csv', 'xlsx', 'pdf'] as const;
export type Format = (typeof formats)[number];
export const schedules = ['none', 'daily', 'weekly', 'monthly'] as const;
export type Schedule = (typeof schedules)[number];

/** Of the name that a report is kept under. */
export const longestName = 120;

const id = z.string().trim().min(1).max(40);

/** What a report is: a list in columns, or figures by one or two groups. */
export const definitionSchema = z
  .object({
    subject: z.enum(subjectIds).describe('What its rows are about.'),
    office: z.string().trim().min(1).max(100).describe('The code of the office; it and all below it.'),
    asOf: dayField.optional().describe('The India day that it is true of; absent: the day it is made.'),
    from: dayField.optional().describe('Of completions and attendance: the first day.'),
    order: z.string().trim().min(1).max(200).optional().describe('Of orders: the number of one in force.'),
    columns: z.array(id).max(30).optional().describe('Of a list: its columns, in their order.'),
    groups: z.array(id).max(2).optional().describe('Of figures: what they are told apart by.'),
    measures: z.array(id).max(15).optional().describe('Of figures: which ones.'),
    filters: z
      .record(id, z.array(z.string().trim().min(1).max(200)).max(50))
      .optional()
      .describe('By dimension: the values of which one must hold.'),
  })
  .describe('A report, as docs/reports.md says.');

export type Definition = z.output<typeof definitionSchema>;
