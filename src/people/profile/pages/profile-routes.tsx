import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { flash, seeOther, sendPage } from '../../../shell/site/index.ts';
import { personSections } from '../../hooks.ts';
import { chooseLanguage, ownProfile } from '../own-profile.ts';
import { requestName, withdrawNameRequest } from '../request-name.ts';
import { languageInput, nameRequestInput } from '../schema.ts';
import { NamePage } from './name-page.tsx';
import { ProfilePage } from './profile-page.tsx';
import { OwnRolesPage } from './roles-page.tsx';

const own = { config: { access: 'person' as const }, schema: { hide: true } };

/** "My profile": what is kept about oneself, a corrected name, one's roles, the language. */
export function profileRoutes(app: App): void {
  app.get('/profile', own, async (request, reply) => {
    const profile = await ownProfile(request.ctx);
    const sections = await personSections(request.ctx, 'profile', profile.person.personId);
    const title = translator(request.ctx.language)('people.profileTitle');
    return sendPage(
      request,
      reply,
      { title, activeLink: 'profile' },
      <ProfilePage title={title} profile={profile} sections={sections} />,
    );
  });
  app.get('/profile/roles', own, async (request, reply) => {
    const profile = await ownProfile(request.ctx);
    const title = translator(request.ctx.language)('people.ownRoles');
    return sendPage(
      request,
      reply,
      { title, activeLink: 'profile' },
      <OwnRolesPage title={title} profile={profile} />,
    );
  });
  languageRoutes(app);
  nameRoutes(app);
}

function languageRoutes(app: App): void {
  app.get('/profile/language', own, async (_request, reply) => seeOther(reply, '/profile'));
  app.post(
    '/profile/language',
    { config: { access: 'person' }, schema: { body: languageInput, hide: true } },
    async (request, reply) => {
      await chooseLanguage(request.ctx, request.body.language);
      // The choice of this browser would outweigh the one just made.
      reply.clearCookie('language', { path: '/' });
      flash(reply, { kind: 'success', key: 'people.saved' });
      return seeOther(reply, '/profile');
    },
  );
}

function nameRoutes(app: App): void {
  app.get('/profile/name', own, (request, reply) => drawName(request, reply, emptyForm));
  app.post('/profile/name', own, (request, reply) =>
    answerForm(request, reply, {
      schema: nameRequestInput,
      submit: async (input) => {
        await requestName(request.ctx, input);
        flash(reply, { kind: 'success', key: 'people.nameAsked' });
        return seeOther(reply, '/profile/name');
      },
      redraw: (state) => drawName(request, reply, state),
    }),
  );
  app.get('/profile/name/withdrawal', own, async (_request, reply) => seeOther(reply, '/profile/name'));
  app.post('/profile/name/withdrawal', own, async (request, reply) => {
    await withdrawNameRequest(request.ctx);
    flash(reply, { kind: 'success', key: 'people.nameWithdrawn' });
    return seeOther(reply, '/profile/name');
  });
}

async function drawName(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const profile = await ownProfile(request.ctx);
  const title = translator(request.ctx.language)('people.nameTitle');
  return sendPage(
    request,
    reply,
    { title, activeLink: 'profile', hasErrors: state.errors.length > 0 },
    <NamePage title={title} profile={profile} state={state} />,
  );
}
