import type { Ctx } from '../../kernel/context.ts';
import { type Day, parseDay, todayInIndia } from '../../kernel/dates.ts';
import { invalid } from '../../kernel/errors.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import { type OfficeRow, requireOffice } from '../../organisations/index.ts';
import { rolesReading } from '../policy.ts';
import { allRules, type RuleRow } from '../stores/rules.ts';
import { courseFactsOf, type ListedSubject, subjectsOfKind, subjectsWithin } from '../stores/subjects.ts';
import type { Part, Sources, Subject } from './compliance.ts';

/** All dated facts of one office and what lies below it: every question about any day is answered from them. */
export type Scene = { office: OfficeRow; subjects: ListedSubject[]; rules: RuleRow[]; sources: Sources };

export async function sceneOf(ctx: Ctx, officeCode: string): Promise<Scene> {
  const office = await requireOffice(ctx, officeCode, rolesReading);
  const db = ctx.db.read;
  const [subjects, rules] = await Promise.all([subjectsWithin(db, [office.officeId]), allRules(db)]);
  const parts = subjects.flatMap((one) => one.versions.flatMap((version) => version.parts));
  return { office, subjects, rules, sources: await sourcesOf(db, parts) };
}

/** The courses and programmes that the parts refer to, the courses of those programmes included. */
export async function sourcesOf(
  db: Parameters<typeof subjectsOfKind>[0],
  parts: readonly Part[],
): Promise<Sources> {
  const programmes = await subjectsOfKind(db, 'programme', idsOf(parts, 'programmeId'));
  const taught = programmes.flatMap((one) => one.versions.flatMap((version) => version.parts));
  const courses = await courseFactsOf(db, idsOf([...parts, ...taught], 'courseId'));
  return { courses, programmes: new Map(programmes.map((one): [string, Subject] => [one.id, one])) };
}

function idsOf(parts: readonly Part[], key: 'courseId' | 'programmeId'): string[] {
  return [...new Set(parts.flatMap((part) => part[key] ?? []))];
}

/** The day asked for; today where none is, or one that is still to come. */
export function dayAsked(ctx: Ctx, text: string | undefined): Day {
  const today = todayInIndia(ctx.clock);
  if (!text) return today;
  const day = parseDay(text);
  if (!day) throw invalid([{ path: 'asOf', code: 'bad_day', text: notADay(text) }], notADay(text));
  return day > today ? today : day;
}

export function notADay(text: string): Bilingual {
  return { hi: `तिथि समझ में नहीं आई: ${text}`, en: `This is no date: ${text}` };
}
