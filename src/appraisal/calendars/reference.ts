import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { addDays, type Day, isDay } from '../../kernel/dates.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { daysOfYear, type Step, usualDays } from './calendar.ts';

const known = z.object({
  reporting_year: z.string().optional(),
  source: z.array(z.string()),
  groups: z.union([z.record(z.string(), z.string()), z.array(z.string())]).optional(),
  steps: z.array(
    z.object({ step: z.string(), by: z.string().optional(), from_2009_om: z.boolean().optional() }).loose(),
  ),
});

export type Template = {
  code: string;
  groups: string[] | null;
  sources: string[];
  steps: { step: string; by: string | null; note: string | null; isOld: boolean }[];
};

let templates: Template[] | undefined;

/** What is publicly known of appraisal calendars, with its sources: facts to start from, no order of this office. */
export function knownCalendars(): Template[] {
  templates ??= Object.entries(readReference()).flatMap(([code, value]) => {
    const read = known.safeParse(value);
    return read.success ? [templateOf(code, read.data)] : [];
  });
  return templates;
}

function readReference(): Record<string, unknown> {
  const text = readFileSync(join(projectRoot(), 'reference/appraisal-calendars.json'), 'utf8');
  return JSON.parse(text) as Record<string, unknown>;
}

function templateOf(code: string, { source, groups, steps }: z.infer<typeof known>): Template {
  return {
    code,
    groups: groups ? (Array.isArray(groups) ? groups : Object.keys(groups)) : null,
    sources: source,
    steps: steps.map(({ step, by, from_2009_om: isOld, ...more }) => ({
      step,
      by: by ?? null,
      note:
        Object.keys(more).length > 0
          ? Object.entries(more)
              .map(([key, value]) => `${key}: ${value}`)
              .join(', ')
          : null,
      isOld: isOld ?? false,
    })),
  };
}

/** The days of a known calendar in one year; what is written as no day of a year stays a note. */
export function stepsIn(template: Template, year: string): Step[] {
  const days = daysOfYear(year);
  const after = days ? Number(days.to.slice(0, 4)) : 0;
  return template.steps.map(({ step, by, note: whole }) => {
    const note = ofYear(whole, after);
    const monthDay = /^(\d\d-\d\d)( \(next year\))?$/.exec(by ?? '');
    const day = monthDay ? `${after + (monthDay[2] ? 1 : 0)}-${monthDay[1]}` : (by ?? '');
    return {
      step,
      by: isDay(day) ? day : null,
      note: isDay(day) ? note : [by, note].filter(Boolean).join(', ') || null,
    };
  });
}

/** A step that was once put off was so in that year alone. */
function ofYear(note: string | null, year: number): string | null {
  const parts = note?.split(', ').filter((part) => {
    const [, extendedIn] = /^extended_(\d{4}):/.exec(part) ?? [];
    return !extendedIn || Number(extendedIn) === year;
  });
  return parts?.join(', ') || null;
}

/** Days of statements that no source gives: defaults, said to be such. */
export function usualDaysOf(to: Day) {
  return {
    cutOff: to,
    freezeOn: addDays(to, usualDays.toFreeze),
    serviceOn: addDays(to, usualDays.toService),
    objectionDays: usualDays.objection,
  };
}
