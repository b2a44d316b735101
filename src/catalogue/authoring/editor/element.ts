type Attributes = Record<string, string | boolean | undefined>;

/** An element of the page with its attributes and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  children: (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  made.append(...children);
  return made;
}

let count = 0;

export function freshId(prefix: string): string {
  count += 1;
  return `${prefix}-${count}`;
}
