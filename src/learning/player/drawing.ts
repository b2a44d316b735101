export type Words = Record<
  | 'time'
  | 'minutes'
  | 'seconds'
  | 'met'
  | 'metTag'
  | 'done'
  | 'offline'
  | 'sent'
  | 'part'
  | 'signIn'
  | 'gone'
  | 'speed'
  | 'resumed',
  string
>;

export function byId(id: string): HTMLElement | null {
  return document.getElementById(id);
}

export function hide(id: string): void {
  byId(id)?.setAttribute('hidden', '');
}

export function duration(seconds: number, words: Words): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const parts = [
    minutes > 0 ? words.minutes.replace('{n}', String(minutes)) : '',
    rest > 0 || minutes === 0 ? words.seconds.replace('{n}', String(rest)) : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** Draws a progress bar anew; answers where its number stands in words. */
export function fill(place: Element, percent: number): Element | null {
  const text = `${Math.round(percent)}%`;
  filledPart(place)?.setAttribute('width', `${percent}%`);
  const bar = place.querySelector('[role=progressbar]');
  bar?.setAttribute('aria-valuenow', String(Math.round(percent)));
  bar?.setAttribute('aria-valuetext', text);
  return place.querySelector('.progress-label b');
}

/** A bar that stands at nothing is sent without its filled part. */
function filledPart(place: Element): Element | undefined {
  const track = place.querySelector('.bar-track');
  const fill = place.querySelector('.bar-fill') ?? track?.cloneNode();
  if (!(fill instanceof Element)) return undefined;
  if (!fill.parentNode) track?.after(fill);
  fill.setAttribute('class', 'bar-fill');
  return fill;
}
