/** The list with one of its members at another place, counted from 1. */
export function moved<T>(list: readonly T[], member: T, place: number | 'up' | 'down'): T[] {
  const from = list.indexOf(member);
  const wanted = place === 'up' ? from - 1 : place === 'down' ? from + 1 : place - 1;
  const others = list.filter((one) => one !== member);
  const to = Math.min(Math.max(wanted, 0), others.length);
  return [...others.slice(0, to), member, ...others.slice(to)];
}
