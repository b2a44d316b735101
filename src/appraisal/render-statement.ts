import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawQr } from '../credentials/index.ts';
import type { Config } from '../kernel/config.ts';
import { formatDay, formatDayTime } from '../kernel/dates.ts';
import { type Language, type MessageKey, pick, translator } from '../kernel/i18n.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { renderPdf } from '../kernel/typst.ts';
import { usualDay } from '../mandates/index.ts';
import { checkUrl } from './answers.ts';
import type { StatementContent, StatementItem } from './statements/content.ts';
import type { Progress } from './statements/preview.ts';
import { durationText, groupText, progressLines, titleText } from './words.ts';

export type Printing = {
  content: StatementContent;
  language: Language;
  state: 'frozen' | 'disputed' | 'replaced';
  replacedByNo?: string | null;
  digest?: string;
  /** Of a preview: how far each order is. */
  progress?: Progress;
};

/** A statement as a PDF in one language; without a number it is a preview and says so on every page. */
export function renderStatement(printing: Printing, config: Config): Promise<Buffer> {
  return renderPdf(template(), dataOf(printing, config));
}

function dataOf({ content, language, state, replacedByNo, digest, progress }: Printing, config: Config) {
  const t = translator(language);
  const number = content.number;
  const mark = markOf(content, state);
  const url = number && checkUrl(number, config);
  return {
    lang: language,
    title: t('appraisal.statementTitle'),
    subtitle: t('appraisal.printYear', {
      year: content.year,
      from: formatDay(content.period.from, language),
      to: formatDay(content.cutOff, language),
    }),
    issuer: [content.department, content.government]
      .map((one) => one && pick(one, language))
      .filter(Boolean)
      .join(' · '),
    mark: mark && t(`appraisal.mark_${mark}`),
    markLine: mark && t(`appraisal.markLine_${mark}`, { number: replacedByNo ?? '' }),
    replaces: content.replaces ? t('appraisal.printReplaces', replacedBy(content.replaces)) : null,
    qr: url && drawQr(url).svg,
    qrAlt: t('appraisal.printQr'),
    facts: factsOf(content, language),
    parts: [
      postingsPart(content, language),
      itemsPart(content, language),
      mandatesPart(content, { language, progress }),
    ],
    totalsTitle: t('appraisal.totals'),
    totals: totalsOf(content, language),
    notes: notesOf(content, { language, digest, url }),
    footer: [content.person.code, number ?? t('appraisal.mark_preview')].filter(Boolean).join(' · '),
  };
}

export function replacedBy({ number, reason, orderNumber }: NonNullable<StatementContent['replaces']>) {
  return { number, reason: orderNumber ? `${reason} (${orderNumber})` : reason };
}

function markOf({ number }: StatementContent, state: Printing['state']) {
  if (number === null) return 'preview' as const;
  return state === 'frozen' ? null : state;
}

function factsOf(
  { person, post, number, frozenAt }: StatementContent,
  language: Language,
): [string, string][] {
  const t = translator(language);
  const other = language === 'hi' ? person.name.en : person.name.hi;
  const name = pick(person.name, language);
  return [
    [t('appraisal.name'), other && other !== name ? `${name} · ${other}` : name],
    [t('appraisal.code'), `${person.code ?? '–'} (${person.issuer})`],
    [t('appraisal.designation'), post?.designation ? pick(post.designation, language) : '–'],
    [t('appraisal.group'), groupText(post?.group ?? null, language)],
    [t('appraisal.office'), post ? `${pick(post.office, language)} (${post.office.code})` : '–'],
    [
      t('appraisal.number'),
      number && frozenAt
        ? `${number} · ${formatDayTime(new Date(frozenAt), language)}`
        : t('appraisal.mark_preview'),
    ],
  ];
}

type Part = {
  title: string;
  empty: string;
  columns: string[];
  widths: ('auto' | '1fr')[];
  right: number[];
  rows: string[][];
};

function postingsPart({ postings }: StatementContent, language: Language): Part {
  const t = translator(language);
  return {
    title: t('appraisal.postings'),
    empty: t('appraisal.noPostings'),
    columns: [t('appraisal.office'), t('appraisal.designation'), t('appraisal.from'), t('appraisal.to')],
    widths: ['1fr', '1fr', 'auto', 'auto'],
    right: [],
    rows: postings.map(({ office, designation, from, to }) => [
      pick(office, language),
      designation ? pick(designation, language) : '–',
      formatDay(from, language),
      to ? formatDay(to, language) : t('appraisal.goesOn'),
    ]),
  };
}

function itemsPart({ items }: StatementContent, language: Language): Part {
  const t = translator(language);
  const columns = ['item', 'provider', 'mode', 'completedOn', 'time', 'result', 'verified'] as const;
  return {
    title: t('appraisal.items'),
    empty: t('appraisal.noItems'),
    columns: columns.map((key) => t(`appraisal.${key}`)),
    widths: ['1fr', 'auto', 'auto', 'auto', 'auto', 'auto', 'auto'],
    right: [4],
    rows: items.map((item) => [
      [titleText(item, language), competenciesText(item, language), item.certificateNo]
        .filter(Boolean)
        .join('\n'),
      item.provider ?? '–',
      t(`appraisal.mode_${item.mode}`),
      formatDay(item.completedOn, language),
      durationText(item.minutes, language),
      item.scorePercent === null ? '–' : `${item.scorePercent}%`,
      verifiedText(item, language),
    ]),
  };
}

export function competenciesText({ competencies }: StatementItem, language: Language): string {
  return competencies
    .map(({ key, name, level }) => `${pick(name, language) || key}${level ? ` (${level})` : ''}`)
    .join(', ');
}

export function verifiedText({ verified }: StatementItem, language: Language): string {
  const words = translator(language)(`appraisal.how_${verified.how}`);
  return verified.source ? `${words}: ${verified.source}` : words;
}

function mandatesPart(
  { mandates }: StatementContent,
  { language, progress }: Pick<Printing, 'language' | 'progress'>,
): Part {
  const t = translator(language);
  return {
    title: t('appraisal.mandates'),
    empty: t('appraisal.noMandates'),
    columns: [t('appraisal.order'), t('appraisal.dueOn'), t('appraisal.reachedOn'), t('appraisal.status')],
    widths: ['1fr', 'auto', 'auto', 'auto'],
    right: [],
    rows: mandates.map(({ number, title, status, dueOn, reachedOn }) => [
      [pick(title, language), number, ...progressLines(progress, number, language)]
        .filter(Boolean)
        .join('\n'),
      dueOn ? formatDay(dueOn, language) : '–',
      reachedOn ? formatDay(reachedOn, language) : '–',
      t(`appraisal.status_${status}`),
    ]),
  };
}

export function totalsOf({ totals }: StatementContent, language: Language): [string, string][] {
  const t = translator(language);
  const words: [MessageKey, string][] = [
    ['appraisal.courses', String(totals.courses)],
    ['appraisal.onlineTime', durationText(totals.onlineMinutes, language)],
    ...(totals.elsewhereMinutes === undefined
      ? []
      : ([['appraisal.elsewhereTime', durationText(totals.elsewhereMinutes, language)]] as [
          MessageKey,
          string,
        ][])),
    ['appraisal.classroomTime', durationText(totals.classroomMinutes, language)],
    ['appraisal.totalTime', durationText(totals.minutes, language)],
    ['appraisal.days', String(totals.days)],
  ];
  return words.map(([key, value]) => [t(key), value]);
}

function notesOf(
  content: StatementContent,
  { language, digest, url }: { language: Language; digest?: string; url: string | null },
): string[] {
  const t = translator(language);
  const { calendar } = content;
  return [
    t(calendar.orderNumber ? 'appraisal.noteCalendar' : 'appraisal.noteNoOrder', {
      order: calendar.orderNumber ?? '',
    }),
    t('appraisal.noteCounted'),
    ...daysNote(content, language),
    ...(url ? [t('appraisal.noteCheck', { url })] : [t('appraisal.notePreview')]),
    ...(digest ? [`SHA-256 ${digest}`] : []),
  ];
}

/** What a day is, where the statement counts days so. */
export function daysNote({ totals }: Pick<StatementContent, 'totals'>, language: Language): string[] {
  if (totals.elsewhereMinutes === undefined) return [];
  const { minutesPerDay, attendanceShare } = usualDay;
  const least = durationText(minutesPerDay * attendanceShare, language);
  const words = { least, hours: minutesPerDay / 60, percent: Math.round(attendanceShare * 100) };
  return [translator(language)('appraisal.noteDays', words)];
}

let templateText: string | undefined;

function template(): string {
  templateText ??= readFileSync(join(projectRoot(), 'src/appraisal/statement.typ'), 'utf8');
  return templateText;
}
