import type { VNode } from 'preact';
import { jsxTemplate } from 'preact/jsx-runtime';
import { renderToString } from 'preact-render-to-string';

const kept = new Map<string, string>();
const mostKept = 2000;

/**
 * A part of a page that its `name` determines (language, icon, links of a role) is drawn once a process and then
 * put in as it was. Only for parts of which there are few, and never for anything of a person. What `draw` draws
 * gets its values from the caller: it stands outside of the page's context.
 */
export function keptMarkup(name: string, draw: () => VNode): VNode {
  let markup = kept.get(name);
  if (markup === undefined) {
    markup = renderToString(draw());
    if (kept.size >= mostKept) kept.clear();
    kept.set(name, markup);
  }
  return jsxTemplate([markup]);
}
