import { SaxesParser } from 'saxes';

/** An element: its name without prefix, dashes or capitals, so that QTI 2 and 3 read alike. */
export type Element = { name: string; attributes: Record<string, string>; children: (Element | string)[] };

const deepest = 60;
const mostElements = 100_000;

/** Reads a small XML text whole; undefined where it is none, or declares a document type. */
export function readTree(text: string): Element | undefined {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  let count = 0;
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new Error('no document types');
  });
  parser.on('opentag', (tag) => {
    count += 1;
    if (open.length > deepest || count > mostElements) throw new Error('too large');
    const attributes = Object.entries(tag.attributes).map(([name, value]) => [
      plainName(name),
      String(value),
    ]);
    const element = { name: plainName(tag.name), attributes: Object.fromEntries(attributes), children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (words) => open.at(-1)?.children.push(words));
  parser.on('cdata', (words) => open.at(-1)?.children.push(words));
  parser.on('error', (error) => {
    throw error;
  });
  try {
    parser.write(text.replace(/^\uFEFF/, '')).close();
  } catch {
    return undefined;
  }
  return root.children.find((child): child is Element => typeof child !== 'string');
}

function plainName(name: string): string {
  return name.replace(/^.*:/, '').replace(/^qti-/, '').replaceAll('-', '').toLowerCase();
}

export function allOf(element: Element | undefined, name: string): Element[] {
  if (!element) return [];
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...allOf(child, name)],
  );
}

export function firstOf(element: Element | undefined, name: string): Element | undefined {
  return allOf(element, name)[0];
}

/** Its words, without those of the elements left out. */
export function wordsOf(element: Element | undefined, without: string[] = []): string {
  if (!element) return '';
  return element.children
    .map((child) => {
      if (typeof child === 'string') return child;
      return without.includes(child.name) ? '' : ` ${wordsOf(child, without)} `;
    })
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}
