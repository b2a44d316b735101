import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { findOffices, officeCodeIn, withoutOfficeFault } from '../../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  errorFor,
  FormPage,
  Notice,
  PageHeading,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import { seeOther, sendPage } from '../../../shell/site/index.ts';
import { DayField, OfficeField, PersonFields, PostFields } from '../../desk/pages/forms.tsx';
import { requestRegistration } from '../request-registration.ts';
import { registrationForm } from '../schema.ts';

const open = { config: { access: 'public' as const }, schema: { hide: true } };
// A whole office may sit behind one address.
const limited = { access: 'public' as const, rateLimit: { max: 20, timeWindow: '1 hour' } };

/** The way in for who is not on the roster: a request, no account. */
export function registerRoutes(app: App): void {
  app.get('/register', open, (request, reply) => draw(request, reply, emptyForm));
  app.post('/register', { config: limited, schema: { hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: registrationForm,
      read: officeCodeIn,
      submit: async (input) => {
        await requestRegistration(request.ctx, input);
        return seeOther(reply, '/register/sent');
      },
      redraw: (state) => draw(request, reply, state),
    }),
  );
  app.get('/register/sent', open, (request, reply) => {
    const title = translator(request.ctx.language)('people.registerSentTitle');
    return sendPage(request, reply, { title, area: 'public' }, <SentPage title={title} />);
  });
}

async function draw(request: FastifyRequest, reply: FastifyReply, sent: FormState) {
  const { ctx } = request;
  const t = translator(ctx.language);
  const title = t('people.registerTitle');
  const text = sent.values['officeQuery'] ?? '';
  const matches = sent.errors.length > 0 ? await findOffices(ctx, { text, limit: 10 }) : [];
  const state = withoutOfficeFault(sent, matches);
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return sendPage(
    request,
    reply,
    { title, area: 'public', hasErrors: state.errors.length > 0 },
    <FormPage
      title={title}
      lead={t('people.registerLead')}
      action="/register"
      submit={t('people.registerSubmit')}
      cancelHref="/"
      state={state}
    >
      <PersonFields state={state} />
      <TextField
        {...field('code')}
        label={t('people.employeeCode')}
        hint={t('people.registerCodeHint')}
        width="medium"
      />
      <TextField
        {...field('mobile')}
        label={t('people.mobileField')}
        hint={t('people.registerMobileHint')}
        type="tel"
        inputmode="numeric"
        autocomplete="tel-national"
        width="medium"
      />
      <OfficeField state={state} label={t('people.registerOffice')} matches={matches} />
      <PostFields state={state} />
      <DayField state={state} name="joinedOn" label={t('people.joinedOnField')} isOptional />
    </FormPage>,
  );
}

function SentPage({ title }: { title: string }) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={title} />
      <Notice tone="done">
        <p>{t('people.registerSent')}</p>
        <p>{t('people.registerSentNext')}</p>
      </Notice>
      <ButtonRow>
        <Button href="/">{t('common.toHome')}</Button>
        <Button variant="secondary" href="/sign-in/first-use">
          {t('people.frontFirstAction')}
        </Button>
      </ButtonRow>
    </>
  );
}
