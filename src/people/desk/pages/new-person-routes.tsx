import type { FastifyReply, FastifyRequest } from 'fastify';
import { todayInIndia } from '../../../kernel/dates.ts';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { officeCodeIn } from '../../../organisations/index.ts';
import {
  Checkbox,
  errorFor,
  FormPage,
  Notice,
  PersonLine,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { addPerson } from '../add-person.ts';
import { rolesChangingPersons } from '../policy.ts';
import { newPersonInput } from '../schema.ts';
import { personName } from '../words.ts';
import { ContactFields, DayField, OfficeField, PersonFields, PostFields } from './forms.tsx';
import { sendDeskPage } from './frame.ts';
import { officeChoice } from './office-choice.ts';

const route = { config: { access: { roles: rolesChangingPersons } }, schema: { hide: true } };

/** One person added by hand. */
export function newPersonRoutes(app: App): void {
  app.get('/office/persons/new', route, (request, reply) => draw(request, reply, emptyForm));
  app.post('/office/persons/new', route, (request, reply) =>
    answerForm(request, reply, {
      schema: newPersonInput,
      read: officeCodeIn,
      submit: async (input) => {
        const { personId } = await addPerson(request.ctx, input);
        flash(reply, { kind: 'success', key: 'people.added' });
        return seeOther(reply, `/office/persons/${personId}`);
      },
      redraw: (state) => draw(request, reply, state),
    }),
  );
}

async function draw(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const { ctx } = request;
  const t = translator(ctx.language);
  const title = t('people.addPerson');
  const { asked, ...choice } = await officeChoice(ctx, state);
  const drawn = { ...asked, values: { startsOn: todayInIndia(ctx.clock), ...state.values } };
  const codeField = { name: 'code', value: state.values['code'], error: errorFor(state.errors, 'code') };
  return sendDeskPage(
    request,
    reply,
    { title, hasErrors: asked.errors.length > 0, width: 'reading' },
    <FormPage
      title={title}
      lead={t('people.addLead')}
      action="/office/persons/new"
      submit={t('people.addPerson')}
      cancelHref="/office/persons"
      state={drawn}
    >
      {state.refusal?.reason === 'maybe_duplicate' ? <Namesakes state={state} /> : null}
      <PersonFields state={drawn} />
      <TextField
        {...codeField}
        label={t('people.employeeCode')}
        hint={t('people.codeHint')}
        width="medium"
        autocomplete="off"
      />
      <ContactFields state={drawn} />
      <OfficeField state={drawn} label={t('people.officeColumn')} {...choice} />
      <DayField state={drawn} name="startsOn" label={t('people.postedSince')} />
      <PostFields state={drawn} />
      <DayField
        state={drawn}
        name="joinedOn"
        label={t('people.joinedOnField')}
        hint={t('people.joinedOnHint')}
        isOptional
      />
      <DayField state={drawn} name="retiresOn" label={t('people.retiresOnField')} isOptional />
    </FormPage>,
  );
}

type Candidate = { personId: string; code: string | null; nameHi: string | null; nameEn: string | null };

function Namesakes({ state }: { state: FormState }) {
  const { t, language } = useFrame();
  const details = state.refusal?.details ?? {};
  const candidates = (details['candidates'] ?? []) as Candidate[];
  const elsewhere = Number(details['elsewhere'] ?? 0);
  return (
    <Notice tone="needs-you" title={t('people.namesakesTitle')}>
      <ul>
        {candidates.map((person) => (
          <li key={person.personId}>
            <PersonLine
              name={personName(person, language)}
              code={person.code ?? undefined}
              href={`/office/persons/${person.personId}`}
            />
          </li>
        ))}
      </ul>
      {elsewhere > 0 ? <p>{t('people.namesakesElsewhere', { count: elsewhere })}</p> : null}
      <Checkbox name="isAnother" label={t('people.isAnother')} />
    </Notice>
  );
}
