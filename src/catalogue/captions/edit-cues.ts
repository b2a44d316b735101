import { freeId } from './read-tracks.ts';
import type { TrackCue } from './track-store.ts';

export const cueActs = ['keep', 'split', 'join', 'add', 'delete'] as const;
export type CueEdit = TrackCue & { act: (typeof cueActs)[number] };

const addedSeconds = 2;

/** The track with these cues as they were left; cues that were not edited stay. In the order of their beginning. */
export function withEdits(cues: readonly TrackCue[], edits: readonly CueEdit[]): TrackCue[] {
  const byId = new Map(edits.map((edit) => [edit.id, edit]));
  const taken = new Set(cues.map((cue) => cue.id));
  const fresh = () => {
    const id = freeId(taken, taken.size + 1);
    taken.add(id);
    return id;
  };
  const known = cues.length > 0 ? cues : edits.map((edit) => ({ ...edit, id: fresh() }));
  const changed: TrackCue[] = [];
  let joinsNext = false;
  for (const cue of known) {
    const { act = 'keep', ...edit } = byId.get(cue.id) ?? { ...cue, act: 'keep' as const };
    const now: TrackCue = {
      id: cue.id,
      startSeconds: edit.startSeconds,
      endSeconds: edit.endSeconds,
      text: edit.text,
    };
    const last = changed.at(-1);
    if (joinsNext && last) changed[changed.length - 1] = joined(last, now);
    else if (act !== 'delete') changed.push(...(act === 'split' ? halves(now, fresh()) : [now]));
    if (act === 'add') changed.push(after(now, fresh()));
    joinsNext = act === 'join';
  }
  return changed.sort((a, b) => a.startSeconds - b.startSeconds);
}

function joined(first: TrackCue, second: TrackCue): TrackCue {
  const endSeconds = Math.max(first.endSeconds, second.endSeconds);
  return { ...first, endSeconds, text: `${first.text} ${second.text}`.trim() };
}

/** At the space nearest to the middle; the time is shared by the length of the words. */
function halves(cue: TrackCue, id: string): TrackCue[] {
  const middle = cue.text.length / 2;
  const spaces = [...cue.text.matchAll(/\s+/g)].map((found) => found.index);
  const at = spaces.reduce(
    (best, one) => (Math.abs(one - middle) < Math.abs(best - middle) ? one : best),
    spaces[0] ?? -1,
  );
  const words = at < 0 ? [cue.text, '…'] : [cue.text.slice(0, at), cue.text.slice(at).trim()];
  const share = at < 0 ? 0.5 : at / cue.text.length;
  const border = Math.round((cue.startSeconds + (cue.endSeconds - cue.startSeconds) * share) * 1000) / 1000;
  return [
    { ...cue, endSeconds: border, text: words[0] ?? '' },
    { ...cue, id, startSeconds: border, text: words[1] ?? '' },
  ];
}

function after(cue: TrackCue, id: string): TrackCue {
  return { id, startSeconds: cue.endSeconds, endSeconds: cue.endSeconds + addedSeconds, text: '…' };
}
