import type { Bilingual } from '../kernel/i18n.ts';

/** `id`: the cue's own name in the file, where it has one. */
export type Cue = { id?: string; startSeconds: number; endSeconds: number; text: string };
/** `fault` says what is wrong, at which line; cues are those before it. */
export type Captions = { cues: Cue[]; fault?: Bilingual };

const timing =
  /^((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t]+.*)?$/;

/** SubRip (.srt): a number, times with a comma, text. */
export function isSubRip(source: string): boolean {
  return /^\uFEFF?\s*\d+[ \t]*\r?\n\d{1,2}:\d\d:\d\d,\d{3}[ \t]*-->/.test(source);
}

/** The same captions as WebVTT; each line stays where it is, two lines further down. */
export function webVttOf(subRip: string): string {
  const body = subRip
    .replace(/^\uFEFF/, '')
    .replace(subRipTimes, (line) =>
      line.replace(/\d{1,2}:\d\d:\d\d,\d{3}/g, (time) => time.padStart(12, '0').replace(',', '.')),
    );
  return `WEBVTT\n\n${body}`;
}

const subRipTimes = /^[ \t]*\d{1,2}:\d\d:\d\d,\d{3}[ \t]*-->[ \t]*\d{1,2}:\d\d:\d\d,\d{3}.*$/gm;

/** Reads captions, WebVTT (W3C) or SubRip; a fault names the line of what was given. */
export function readCaptions(source: string): Captions {
  return isSubRip(source) ? readWebVtt(webVttOf(source), 2) : readWebVtt(source, 0);
}

/** Reads WebVTT captions (W3C): every block but notes, styles and regions must be a cue whose times run forward. */
function readWebVtt(source: string, added: number): Captions {
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (!/^WEBVTT([ \t]|$)/.test(lines[0] ?? '')) return { cues: [], fault: faultAt(1, noHeader) };
  const cues: Cue[] = [];
  let at = blockAfter(lines, 1);
  while (at < lines.length) {
    const end = blockEnd(lines, at);
    const cue = /^(NOTE|STYLE|REGION)\b/.test(lines[at] ?? '') ? undefined : cueOf(lines.slice(at, end));
    if (cue && 'fault' in cue) return { cues, fault: faultAt(at + 1 + cue.line - added, cue.fault) };
    if (cue) cues.push(cue);
    at = pass(lines, end + 1, isEmpty);
  }
  return cues.length > 0 ? { cues } : { cues, fault: faultAt(1, noCues) };
}

/** What is said, as running text. */
export function transcriptOf(source: string): string {
  return readCaptions(source)
    .cues.map((cue) => cue.text)
    .join('\n');
}

const noHeader = { hi: 'पहली पंक्ति WEBVTT हो', en: 'the first line must be WEBVTT' };
const noCues = { hi: 'एक भी कैप्शन नहीं है', en: 'there is not one caption' };
const badTiming = {
  hi: 'समय ऐसे लिखें: 00:00:01.000 --> 00:00:04.000',
  en: 'write the times like 00:00:01.000 --> 00:00:04.000',
};
const backwards = { hi: 'कैप्शन शुरू होने से पहले समाप्त होता है', en: 'the caption ends before it begins' };

type CueFault = { fault: Bilingual; line: number };

function cueOf(block: string[]): Cue | CueFault {
  const line = block[0]?.includes('-->') ? 0 : 1;
  const found = timing.exec(block[line]?.trim() ?? '');
  if (!found?.[1] || !found[2]) return { fault: badTiming, line: Math.min(line, block.length - 1) };
  const [startSeconds, endSeconds] = [secondsOf(found[1]), secondsOf(found[2])];
  if (endSeconds <= startSeconds) return { fault: backwards, line };
  const text = block
    .slice(line + 1)
    .join(' ')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => entities[name] ?? '')
    .trim();
  const id = line === 1 ? block[0]?.trim() : undefined;
  return { ...(id ? { id } : {}), startSeconds, endSeconds, text };
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  lrm: '\u200E',
  rlm: '\u200F',
};

function secondsOf(stamp: string): number {
  return stamp.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** The header may have lines of its own; cues come after the first empty line. */
function blockAfter(lines: string[], from: number): number {
  return pass(lines, pass(lines, from, isFilled), isEmpty);
}

function blockEnd(lines: string[], from: number): number {
  return pass(lines, from + 1, isFilled);
}

/** The first line from here on that is not of the kind. */
function pass(lines: string[], from: number, isOfKind: (line: string) => boolean): number {
  let at = from;
  while (at < lines.length && isOfKind(lines[at] ?? '')) at += 1;
  return at;
}

const isEmpty = (line: string) => line.trim() === '';
const isFilled = (line: string) => line.trim() !== '';

function faultAt(line: number, text: Bilingual): Bilingual {
  return { hi: `कैप्शन की पंक्ति ${line}: ${text.hi}।`, en: `Captions, line ${line}: ${text.en}.` };
}
