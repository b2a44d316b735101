import type { FastifyReply, FastifyRequest } from 'fastify';
import { grantsOf } from '../../../kernel/context.ts';
import type { App } from '../../../kernel/feature.ts';
import { pick, translator } from '../../../kernel/i18n.ts';
import { rolesSeeingPersons } from '../../../organisations/index.ts';
import { seeOther } from '../../../shell/site/index.ts';
import { personSections } from '../../hooks.ts';
import { findTyped, listTyped } from '../list-query.ts';
import { viewPerson } from '../person-view.ts';
import { rolesChangingPersons } from '../policy.ts';
import { revealContact } from '../reveal-contact.ts';
import { personIdParams } from '../schema.ts';
import { personName } from '../words.ts';
import { sendDeskPage } from './frame.ts';
import { PersonPage, type Revealed } from './person-page.tsx';
import { PersonsPage } from './persons-page.tsx';

const access = { roles: rolesSeeingPersons };

/** The list of persons and the page of one. */
export function personsRoutes(app: App): void {
  app.get(
    '/office/persons',
    { config: { access }, schema: { querystring: listTyped, hide: true } },
    async (request, reply) => {
      const { language } = request.ctx;
      const { query, listing } = await findTyped(request.ctx, request.query);
      const t = translator(language);
      // Those that may be meant stand below the form, to be chosen.
      const isUnsure = listing.others.length > 0;
      const errors = listing.faults.map(({ path: field, text }) =>
        field === 'office' && isUnsure
          ? { field, text: t('people.officeUnsure') }
          : { field, text: pick(text, language) },
      );
      const title = t('people.persons');
      reply.status(errors.length > 0 ? 422 : 200);
      const mayAdd = grantsOf(request.ctx.actor).some((grant) =>
        (rolesChangingPersons as readonly string[]).includes(grant.role),
      );
      return sendDeskPage(
        request,
        reply,
        { title, hasErrors: errors.length > 0 },
        <PersonsPage {...{ query, listing, errors, mayAdd }} />,
      );
    },
  );
  const one = { config: { access }, schema: { params: personIdParams, hide: true } };
  app.get('/office/persons/:personId', one, async (request, reply) =>
    sendPerson(request, reply, { personId: request.params.personId }),
  );
  // After a reload the number is hidden again: nothing of it is kept in the address.
  app.get('/office/persons/:personId/contact', one, async (request, reply) =>
    seeOther(reply, `/office/persons/${request.params.personId}`),
  );
  app.post('/office/persons/:personId/contact', one, async (request, reply) => {
    const { personId } = request.params;
    return sendPerson(request, reply, { personId, revealed: await revealContact(request.ctx, personId) });
  });
}

type Shown = { personId: string; revealed?: Revealed };

async function sendPerson(request: FastifyRequest, reply: FastifyReply, { personId, revealed }: Shown) {
  const view = await viewPerson(request.ctx, personId);
  const sections = await personSections(request.ctx, 'office', personId);
  const notices = await personSections(request.ctx, 'office-top', personId);
  const title = personName(view.person, request.ctx.language);
  return sendDeskPage(
    request,
    reply,
    { title, person: view.person },
    <PersonPage view={view} {...{ revealed, notices, sections }} />,
  );
}
