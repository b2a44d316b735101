import type { z } from 'zod';
import type { Config } from '../kernel/config.ts';
import type { calendarShape, checkShape, jobShape, statementShape } from './schema.ts';
import type { StatementContent } from './statements/content.ts';
import type { PublicCheck } from './statements/read-statement.ts';
import type { ListedCalendar } from './stores/calendars.ts';
import type { StatementJob } from './stores/jobs.ts';
import type { Statement } from './stores/statements.ts';

export function stateOf(
  of: Pick<Statement, 'replacedByNo' | 'isDisputed'>,
): 'frozen' | 'disputed' | 'replaced' {
  if (of.replacedByNo) return 'replaced';
  return of.isDisputed ? 'disputed' : 'frozen';
}

export function contentOf({ content }: Pick<Statement, 'content'>): StatementContent {
  return JSON.parse(content) as StatementContent;
}

export function checkUrl(statementNo: string, config: Config): string {
  return `${config.baseUrl}/statements/${statementNo}`;
}

export function statementAnswer(statement: Statement, config: Config): z.input<typeof statementShape> {
  return {
    number: statement.statementNo,
    year: statement.year,
    state: stateOf(statement),
    servedOn: statement.servedOn,
    objectionUntil: statement.objectionUntil,
    replaces: statement.replacesNo,
    replacedBy: statement.replacedByNo,
    visibility: statement.visibility,
    checkUrl: checkUrl(statement.statementNo, config),
    digest: statement.digest,
    signature: statement.signature,
    keyId: statement.keyId,
    canonical: statement.content,
    statement: contentOf(statement),
  };
}

export function checkAnswer({ statement, isGenuine, shown }: PublicCheck): z.input<typeof checkShape> {
  return {
    genuine: isGenuine,
    number: statement.statementNo,
    year: statement.year,
    state: stateOf(statement),
    replacedBy: statement.replacedByNo ?? undefined,
    ...shown,
  };
}

export function jobAnswer(job: StatementJob): z.input<typeof jobShape> {
  const { jobId, kind, year, state, total, done, made, leftOut } = job;
  return { id: jobId, kind, year, state, total, done, made, leftOut };
}

export function calendarAnswer(calendar: ListedCalendar): z.input<typeof calendarShape> {
  const { calendarId, officeId: _, officeHi: _hi, officeEn: _en, extendsCalendarId, ...rest } = calendar;
  return { ...rest, id: calendarId, extends: extendsCalendarId };
}
