import type { ComponentChildren, VNode } from 'preact';
import { jsxTemplate } from 'preact/jsx-runtime';
import { renderToString } from 'preact-render-to-string';
import type { Language } from '../../kernel/i18n.ts';
import { FrameContext } from '../../shell/index.ts';
import type { Sheet } from '../sheet/shape.ts';

const bodies = new WeakMap<Sheet, Map<string, string>>();

type Drawing = { language: Language; form: string; draw(): ComponentChildren };

/**
 * A page of a sheet, drawn once as long as the sheet is kept, since many look at the same one. Only for what says the
 * same to every reader: forms with a token, and anything of a person, stand outside.
 */
export function keptBody(sheet: Sheet, { language, form, draw }: Drawing): VNode {
  const known = bodies.get(sheet) ?? new Map<string, string>();
  bodies.set(sheet, known);
  const key = `${language} ${form}`;
  let markup = known.get(key);
  if (markup === undefined) {
    markup = renderToString(<FrameContext.Provider value={{ language }}>{draw()}</FrameContext.Provider>);
    known.set(key, markup);
  }
  return jsxTemplate([markup]);
}
