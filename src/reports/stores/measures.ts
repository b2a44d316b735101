import { type MetricId, metricOf } from '../../insight/index.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import type { Measure } from './subject.ts';

type Parts = Readonly<Record<string, number>>;

/** A figure of the metric catalogue that is one sum. */
export function counted(id: MetricId, part: string = id): Measure {
  return { id, name: metricOf(id).name, kind: 'count', parts: [part], of: sumOf([part]) };
}

/** A figure of the catalogue that is one sum, under an id of its own in reports. */
export function oneSum(id: string, metric: MetricId, kind: Measure['kind']): Measure {
  return { id, name: metricOf(metric).name, kind, parts: [id], of: sumOf([id]) };
}

export function minutes(id: MetricId, ...summed: string[]): Measure {
  return { id, name: inMinutes(metricOf(id).name), kind: 'minutes', parts: summed, of: sumOf(summed) };
}

/** A figure of the catalogue that is made of others: a difference, a share. */
export function derived(id: MetricId, more: Pick<Measure, 'kind' | 'parts' | 'of'>): Measure {
  return { id, name: metricOf(id).name, ...more };
}

export function sumOf(names: readonly string[]) {
  return (parts: Parts) => names.reduce((sum, name) => sum + (parts[name] ?? 0), 0);
}

export function less(from: string, taken: string) {
  return (parts: Parts) => (parts[from] ?? 0) - (parts[taken] ?? 0);
}

/** A quotient of sums, null where there is nobody to divide by; never a mean of quotients. */
export function over(part: string, whole: string, times: number) {
  return (parts: Parts) => {
    const of = parts[whole] ?? 0;
    return of === 0 ? null : Math.round(((parts[part] ?? 0) / of) * times * 10) / 10;
  };
}

function inMinutes(name: Bilingual): Bilingual {
  return { hi: `${name.hi} (मिनट)`, en: `${name.en} (minutes)` };
}
