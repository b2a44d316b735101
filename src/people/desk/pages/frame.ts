import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { translator } from '../../../kernel/i18n.ts';
import { sendPage } from '../../../shell/site/index.ts';
import type { PersonRecord } from '../stores/person-record.ts';
import { personName } from '../words.ts';

type DeskPage = { title: string; person?: PersonRecord; hasErrors?: boolean; width?: 'reading' | 'wide' };

/** A page of the people desk in the office's frame, with the way back to the list and the person. */
export function sendDeskPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: DeskPage,
  body: ComponentChildren,
) {
  const { language } = request.ctx;
  const person = page.person;
  const name = person && personName(person, language);
  const list = { label: translator(language)('people.persons'), href: '/office/persons' };
  const ofPerson =
    name === undefined || name === page.title
      ? []
      : [{ label: name, href: `/office/persons/${person?.personId}` }];
  return sendPage(
    request,
    reply,
    {
      title: page.title,
      area: 'office',
      activeLink: 'persons',
      hasErrors: page.hasErrors,
      width: page.width,
      breadcrumbs: page.title === list.label ? undefined : [list, ...ofPerson, { label: page.title }],
    },
    body,
  );
}
