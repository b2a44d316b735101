const steps: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  PageDown: 1,
  ' ': 1,
  ArrowLeft: -1,
  PageUp: -1,
};

/** Where a key leads from a slide: to a slide by its index, to the sheet, or nowhere. */
export function stepOf(
  { key, shiftKey }: { key: string; shiftKey: boolean },
  { at, last }: { at: number; last: number },
): number | 'sheet' | undefined {
  if (key === 'Escape') return 'sheet';
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const step = key === ' ' && shiftKey ? -1 : steps[key];
  if (step === undefined || (shiftKey && key !== ' ')) return undefined;
  return Math.min(last, Math.max(0, at + step));
}
