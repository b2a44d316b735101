import type { FastifyReply, FastifyRequest } from 'fastify';
import { type MessageKey, translator } from '../../kernel/i18n.ts';
import { type OfficeFault, WrongOffice } from '../../organisations/index.ts';
import { sendPage } from '../../shell/site/index.ts';

type WrongFilter = {
  title: MessageKey;
  action: string;
  fault: OfficeFault;
  query: Record<string, string | undefined>;
};

/** The filter again, with what was typed, where that names no office. */
export function sendWrongOffice(request: FastifyRequest, reply: FastifyReply, wrong: WrongFilter) {
  const { action, fault } = wrong;
  const { office: _office, after: _after, ...others } = wrong.query;
  const title = translator(request.ctx.language)(wrong.title);
  reply.status(fault.refusal.status);
  return sendPage(
    request,
    reply,
    { title, hasErrors: true, area: 'office', activeLink: 'appraisal' },
    <WrongOffice {...{ title, action, fault, others }} />,
  );
}
