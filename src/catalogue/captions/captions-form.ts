import { z } from 'zod';
import { type FieldError, invalid } from '../../kernel/errors.ts';
import { type CueEdit, cueActs } from './edit-cues.ts';
import { secondsOfTime } from './write-web-vtt.ts';

export const captionsForm = z.object({
  from: z.uuid().optional(),
  cues: z.array(
    z.object({
      id: z.string().max(40),
      start: z.string().max(20),
      end: z.string().max(20),
      text: z.string().max(1000, 'too_long'),
      act: z.enum(cueActs).catch('keep'),
    }),
  ),
});

/** `start:7`, `end:7`, `text:7`, `act:7` are of the cue 7. */
export function cuesInForm(body: Record<string, unknown>): Record<string, unknown> {
  const cues = Object.keys(body).flatMap((name) => {
    if (!name.startsWith('start:')) return [];
    const id = name.slice('start:'.length);
    const field = (of: string) => String(body[`${of}:${id}`] ?? '');
    return [{ id, start: field('start'), end: field('end'), text: field('text'), act: field('act') }];
  });
  return { from: body['from'], cues };
}

const badTime = { hi: 'समय ऐसे लिखें: 1:04.5', en: 'Write a time like 1:04.5' };
const backwards = { hi: 'अंत आरंभ के बाद का हो', en: 'The end must come after the beginning' };

/** Times in seconds; refuses with every field that cannot be read. */
export function editsOf(cues: z.output<typeof captionsForm>['cues']): CueEdit[] {
  const faults: FieldError[] = [];
  const edits = cues.map(({ id, start, end, text, act }) => {
    const [startSeconds, endSeconds] = [secondsOfTime(start), secondsOfTime(end)];
    if (startSeconds === undefined) faults.push({ path: `start:${id}`, code: 'bad_time', text: badTime });
    if (endSeconds === undefined) faults.push({ path: `end:${id}`, code: 'bad_time', text: badTime });
    else if (startSeconds !== undefined && endSeconds <= startSeconds)
      faults.push({ path: `end:${id}`, code: 'backwards', text: backwards });
    return {
      id,
      startSeconds: startSeconds ?? 0,
      endSeconds: endSeconds ?? 0,
      text: text.replace(/\s+/g, ' ').trim(),
      act,
    };
  });
  if (faults.length > 0) throw invalid(faults);
  return edits;
}
