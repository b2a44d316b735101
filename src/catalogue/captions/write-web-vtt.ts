import type { TrackCue } from './track-store.ts';

/** The cues as a WebVTT file; a text keeps its lines, and nothing in it ends a cue or becomes a tag. */
export function writeWebVtt(cues: readonly TrackCue[]): string {
  const blocks = cues.map(
    (cue) =>
      `${cue.id}\n${timeText(cue.startSeconds)} --> ${timeText(cue.endSeconds)}\n${escaped(cue.text)}\n`,
  );
  return `WEBVTT\n\n${blocks.join('\n')}`;
}

/** 00:01:04.250 */
export function timeText(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const whole = Math.floor(milliseconds / 1000);
  const rest = String(milliseconds % 1000).padStart(3, '0');
  return `${two(whole / 3600)}:${two((whole % 3600) / 60)}:${two(whole % 60)}.${rest}`;
}

/** Seconds of 1:04, 00:01:04.250 or 64,25; undefined for anything else. */
export function secondsOfTime(text: string): number | undefined {
  const found = /^(?:(\d{1,3}):)?(?:(\d{1,2}):)?(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (!found) return undefined;
  const [, first, second, seconds, fraction] = found;
  const hours = second === undefined ? 0 : Number(first);
  const minutes = Number(second ?? first ?? 0);
  if ((first !== undefined && Number(seconds) > 59) || (second !== undefined && minutes > 59))
    return undefined;
  return hours * 3600 + minutes * 60 + Number(seconds) + Number(`0.${fraction ?? 0}`);
}

function escaped(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim());
  return lines
    .map((line) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
    .join('\n');
}
