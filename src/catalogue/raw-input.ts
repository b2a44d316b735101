/** Input that no schema has read yet. */
export type Raw = Record<string, unknown>;

export function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of these names that says something. */
export function first(given: Raw, names: readonly string[]): unknown {
  const name = names.find((one) => given[one] !== undefined && given[one] !== null);
  return name === undefined ? undefined : given[name];
}

/** Sets `name` to the first of the values that says something, if any does. */
export function withFirst(target: Raw, name: string, values: Raw): void {
  const value = Object.values(values).find((one) => one !== undefined && one !== null);
  if (value !== undefined) target[name] = value;
}

export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}
