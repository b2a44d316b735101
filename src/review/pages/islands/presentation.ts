import { stepOf } from '../slide-keys.ts';

/**
 * Keys of a presentation, and of the clickers that send them: a slide on, a slide back, the first, the last, out to the
 * sheet. Without it the slides are scrolled and linked.
 */
const slides = [...document.querySelectorAll<HTMLElement>('.slide')];
const sheet = document.querySelector<HTMLElement>('.slides')?.dataset['sheet'];

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  const isOnControl =
    event.target instanceof Element && event.target.closest('input, select, button, summary');
  if (isOnControl) return;
  const step = stepOf(event, { at: slideInSight(), last: slides.length - 1 });
  if (step === undefined) return;
  event.preventDefault();
  if (step === 'sheet') {
    if (sheet) location.href = sheet;
  } else show(step);
});

/** The one whose upper edge has come into the upper half of the screen last, however it came there. */
function slideInSight(): number {
  const passed = slides.filter((slide) => slide.getBoundingClientRect().top <= innerHeight / 2);
  return Math.max(0, passed.length - 1);
}

/** At once, so that two quick presses are two slides; its heading is read out. */
function show(index: number): void {
  const slide = slides[index];
  if (!slide) return;
  history.replaceState(history.state, '', `#${slide.id}`);
  slide.scrollIntoView({ block: 'start', behavior: 'instant' });
  slide.querySelector<HTMLElement>('h1, h2')?.focus({ preventScroll: true });
}

document.querySelector('.slide-keys')?.removeAttribute('hidden');
