import { z } from 'zod';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { hashOf } from '../parts.ts';
import type { Piece } from '../save-translation.ts';

/** Each piece with what it was made from and what it takes the place of. */
export const translationForm = z.object({
  pieces: z.array(
    z.object({
      place: z.string().max(300),
      text: z.string().max(200_000, 'too_long'),
      sourceHash: z.string().max(64).optional(),
      replaces: z.string().max(64).optional(),
    }),
  ),
});

/** Of a page of many texts only those that were touched, or said to be right still. */
export function piecesIn(body: Record<string, unknown>): { pieces: Piece[] } {
  const pieces = Object.entries(body).flatMap(([name, value]): Piece[] => {
    if (!name.startsWith('text:') || typeof value !== 'string') return [];
    const place = name.slice('text:'.length);
    const [sourceHash, replaces] = [textIn(body, `from:${place}`), textIn(body, `was:${place}`)];
    const text = value.replaceAll('\r\n', '\n');
    const isTouched = replaces === undefined || hashOf(text) !== replaces;
    if (!isTouched && textIn(body, `right:${place}`) === undefined) return [];
    return [{ place, text, sourceHash, replaces }];
  });
  return { pieces };
}

function textIn(body: Record<string, unknown>, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** After a refusal the form shows what was typed; it now takes the place of what stands there. */
export function typedText(state: FormState, place: string): string | undefined {
  return state.values[`text:${place}`];
}
