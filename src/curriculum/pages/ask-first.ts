import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { answerForm, type FormState } from '../../kernel/http/answer-form.ts';
import type { MessageKey } from '../../kernel/i18n.ts';
import { flash, seeOther } from '../../shell/site/index.ts';

/** Said on the page that asks once more. */
const sureInput = z.object({ sure: z.literal('yes').optional() });

type Asking = {
  /** Sends the page that asks. */
  ask(): Promise<unknown>;
  act(): Promise<unknown>;
  done: { said: MessageKey; href: string };
  redraw(state: FormState): Promise<unknown>;
};

/** For what cannot be taken back: asked first, and done by the press on the page that asks. */
export function askFirst(
  request: FastifyRequest,
  reply: FastifyReply,
  { ask, act, done, redraw }: Asking,
): Promise<unknown> {
  return answerForm(request, reply, {
    schema: sureInput,
    submit: async ({ sure }) => {
      if (!sure) return ask();
      await act();
      flash(reply, { kind: 'success', key: done.said });
      return seeOther(reply, done.href);
    },
    redraw,
  });
}
