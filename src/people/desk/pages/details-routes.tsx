import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { editPerson } from '../edit-person.ts';
import { requireManagedPerson, rolesChangingPersons } from '../policy.ts';
import { logContactLook } from '../reveal-contact.ts';
import { editPersonInput, personIdParams } from '../schema.ts';
import type { PersonRecord } from '../stores/person-record.ts';
import { personName } from '../words.ts';
import { ContactFields, DayField, FormPage, PersonFields, ReasonField } from './forms.tsx';
import { sendDeskPage } from './frame.ts';

const route = {
  config: { access: { roles: rolesChangingPersons } },
  schema: { params: personIdParams, hide: true },
};

/** What is known of a person, to change it. */
export function detailsRoutes(app: App): void {
  app.get('/office/persons/:personId/details', route, (request, reply) =>
    draw(request, reply, request.params.personId, emptyForm),
  );
  app.post('/office/persons/:personId/details', route, (request, reply) => {
    const { personId } = request.params;
    return answerForm(request, reply, {
      schema: editPersonInput,
      clearable: ['nameHi', 'nameEn', 'mobile', 'email', 'joinedOn', 'retiresOn'],
      submit: async (input) => {
        await editPerson(request.ctx, { ...input, personId });
        flash(reply, { kind: 'success', key: 'people.saved' });
        return seeOther(reply, `/office/persons/${personId}`);
      },
      redraw: (state) => draw(request, reply, personId, state),
    });
  });
}

async function draw(request: FastifyRequest, reply: FastifyReply, personId: string, state: FormState) {
  const { ctx } = request;
  const person = await requireManagedPerson(ctx, personId);
  await logContactLook(ctx, person);
  const t = translator(ctx.language);
  const title = t('people.detailsTitle', { name: personName(person, ctx.language) });
  const drawn = { ...state, values: { ...valuesOf(person), ...state.values } };
  return sendDeskPage(
    request,
    reply,
    { title, person, hasErrors: state.errors.length > 0, width: 'reading' },
    <FormPage
      title={title}
      lead={t('people.detailsLead')}
      action={`/office/persons/${personId}/details`}
      submit={t('common.save')}
      cancelHref={`/office/persons/${personId}`}
      state={drawn}
    >
      <PersonFields state={drawn} />
      <ReasonField
        state={drawn}
        name="nameReason"
        label={t('people.nameReason')}
        hint={t('people.nameReasonHint')}
        isOptional
      />
      <ContactFields state={drawn} />
      <DayField state={drawn} name="joinedOn" label={t('people.joinedOnField')} isOptional />
      <DayField state={drawn} name="retiresOn" label={t('people.retiresOnField')} isOptional />
    </FormPage>,
  );
}

function valuesOf(person: PersonRecord): Record<string, string> {
  return {
    nameHi: person.nameHi ?? '',
    nameEn: person.nameEn ?? '',
    mobile: person.mobile ?? '',
    email: person.email ?? '',
    language: person.language,
    joinedOn: person.joinedOn ?? '',
    retiresOn: person.retiresOn ?? '',
  };
}
