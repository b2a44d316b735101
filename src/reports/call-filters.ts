import type { Ctx } from '../kernel/context.ts';
import { pick } from '../kernel/i18n.ts';
import type { Definition } from './definition.ts';
import { thingsSaid } from './stores/said.ts';
import { subjects } from './stores/subjects.ts';

/** What a filter's value is called in the reader's language; undefined where nothing is called so any more. */
export type Called = (subject: Definition['subject'], dimension: string, value: string) => string | undefined;

/** Of many reports at once, by one question for each thing that they are filtered by. */
export async function callFilters(
  ctx: Pick<Ctx, 'db' | 'language'>,
  definitions: readonly Definition[],
): Promise<Called> {
  const values = new Map<string, Set<string>>();
  for (const { subject, filters = {} } of definitions)
    for (const [dimension, said] of Object.entries(filters)) {
      const at = `${subject} ${dimension}`;
      values.set(at, new Set([...(values.get(at) ?? []), ...said]));
    }
  const names = new Map<string, string>();
  for (const [at, words] of values) {
    const [subject, id] = at.split(' ') as [Definition['subject'], string];
    const said = subjects[subject].dimensions.find((one) => one.id === id)?.said;
    if (!said) continue;
    for (const { word, things } of await thingsSaid(ctx.db.read, said, [...words]))
      if (things.length > 0)
        names.set(`${at} ${word}`, things.map(({ name }) => pick(name, ctx.language)).join(', '));
  }
  return (subject, dimension, value) => names.get(`${subject} ${dimension} ${value}`);
}
