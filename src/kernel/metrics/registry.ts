export type Kind = 'counter' | 'gauge' | 'histogram';

/** Names and values of few kinds: a route's pattern, a task's name. Never what tells of a person or a single record. */
export type Labels = Record<string, string>;

/** One line of Prometheus' text, without its name. */
export type Sample = { suffix: string; labels: string; value: number };
export type Family = { name: string; help: string; kind: Kind; samples: Sample[]; isUnpublished?: true };

const families = new Map<string, () => Family>();

type About = { name: string; help: string };

/** A count that only rises. Named even before it has counted, so that a dashboard finds it. */
export function counter(about: About): { add(labels: Labels, by?: number): void } {
  const values = new Map<string, number>();
  families.set(about.name, () => ({
    ...about,
    kind: 'counter',
    samples: [...values].map(([labels, value]) => ({ suffix: '', labels, value })),
  }));
  return {
    add(labels, by = 1) {
      const key = labelText(labels);
      values.set(key, (values.get(key) ?? 0) + by);
    },
  };
}

const bounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How long something took, in seconds. */
export function timesOf(about: About): { observe(labels: Labels, seconds: number): void } {
  const values = new Map<string, Times>();
  families.set(about.name, () => ({
    ...about,
    kind: 'histogram',
    samples: [...values.values()].flatMap(samplesOfTimes),
  }));
  return {
    observe(labels, seconds) {
      const key = labelText(labels);
      const times = values.get(key) ?? { labels, within: bounds.map(() => 0), sum: 0, count: 0 };
      values.set(key, times);
      times.sum += seconds;
      times.count += 1;
      for (const [index, bound] of bounds.entries())
        if (seconds <= bound) times.within[index] = (times.within[index] ?? 0) + 1;
    },
  };
}

type Times = { labels: Labels; within: number[]; sum: number; count: number };

function samplesOfTimes({ labels, within, sum, count }: Times): Sample[] {
  const at = (bound: string) => labelText({ ...labels, le: bound });
  const plain = labelText(labels);
  return [
    ...bounds.map((bound, index) => ({
      ...{ suffix: '_bucket', labels: at(String(bound)) },
      value: within[index] ?? 0,
    })),
    { suffix: '_bucket', labels: at('+Inf'), value: count },
    { suffix: '_sum', labels: plain, value: sum },
    { suffix: '_count', labels: plain, value: count },
  ];
}

export type Value = { labels?: Labels; value: number };

/** What is read when somebody asks. The later one of the same name counts. */
export function reading(about: About & { kind?: Kind }, read: () => Value[]): void {
  families.set(about.name, () => familyOf(about, read()));
}

/** Counted and added up over processes as the others, but not for Prometheus: `labels` may be any text. */
export function unpublished(name: string, read: () => Sample[]): void {
  families.set(name, () => ({ name, help: '', kind: 'counter', isUnpublished: true, samples: read() }));
}

export function familyOf(about: About & { kind?: Kind }, values: Value[]): Family {
  const samples = values.map(({ labels = {}, value }) => ({ suffix: '', labels: labelText(labels), value }));
  return { kind: 'gauge', ...about, samples };
}

/** Everything that this process counts. */
export function ownFamilies(): Family[] {
  return [...families.values()].map((read) => read());
}

/** Counts of several processes added; gauges carry the process's label and so stay apart. */
export function addedUp(lists: Family[][]): Family[] {
  const sums = new Map<string, Family & { byKey: Map<string, Sample> }>();
  for (const family of lists.flat()) {
    const sum = sums.get(family.name) ?? { ...family, samples: [], byKey: new Map<string, Sample>() };
    sums.set(family.name, sum);
    for (const sample of family.samples) {
      const key = `${sample.suffix}{${sample.labels}}`;
      const before = sum.byKey.get(key)?.value ?? 0;
      sum.byKey.set(key, { ...sample, value: before + sample.value });
    }
  }
  return [...sums.values()].map(({ byKey, ...family }) => ({ ...family, samples: [...byKey.values()] }));
}

/** Prometheus' text format. */
export function textOf(list: Family[]): string {
  const published = list.filter((family) => !family.isUnpublished);
  const lines = published.flatMap(({ name, help, kind, samples }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${kind}`,
    ...samples.map(({ suffix, labels, value }) => `${name}${suffix}${labels ? `{${labels}}` : ''} ${value}`),
  ]);
  return `${lines.join('\n')}\n`;
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, escaped)}"`)
    .join(',');
}

function escaped(letter: string): string {
  return letter === '\n' ? '\\n' : `\\${letter}`;
}
