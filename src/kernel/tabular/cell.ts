/**
 * A cell without what surrounds it unseen: spaces, no-break spaces, zero-width marks, a stray BOM. Nearly all
 * cells have none of these, so the ends are looked at before anything is done.
 */
export function trimCell(cell: string): string {
  if (cell === '') return cell;
  const first = cell.charCodeAt(0);
  if (isVisible(first) && isVisible(cell.charCodeAt(cell.length - 1))) {
    return first === apostrophe ? withoutGuard(cell).replace(surroundings, '') : cell;
  }
  return withoutGuard(cell.replace(left, '')).replace(surroundings, '');
}

export function isBlank(cell: string | undefined): boolean {
  return cell === undefined || cell === '' || trimCell(cell) === '';
}

const apostrophe = 0x27;
const unseen = String.raw`[\s\u00a0\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u0000]+`;
const left = new RegExp(`^${unseen}`);
const surroundings = new RegExp(`^${unseen}|${unseen}$`, 'g');

function isVisible(code: number): boolean {
  return (code > 0x20 && code < 0xa0) || (code > 0xad && code < 0x1680) || code > 0xffff;
}

/** Our own files guard `=` and its like with an apostrophe (see `guardCell`); reading them back drops it. */
function withoutGuard(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
