import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../../kernel/feature.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { editPerson } from '../edit-person.ts';
import { requireManagedPerson } from '../policy.ts';
import { logContactLook } from '../reveal-contact.ts';
import { editPersonInput, personIdParams } from '../schema.ts';
import type { PersonRecord } from '../stores/person-record.ts';
import { personName } from '../words.ts';
import { ContactFields, DayField, PersonFields, ReasonField } from './forms.tsx';
import { personForm, sendPersonForm } from './person-form.tsx';

/** What is known of a person, to change it. */
export function detailsRoutes(app: App): void {
  personForm(app, {
    path: 'details',
    params: personIdParams,
    schema: editPersonInput,
    clearable: ['nameHi', 'nameEn', 'mobile', 'email', 'joinedOn', 'retiresOn'],
    submit: async (ctx, key, input) => {
      await editPerson(ctx, { ...input, ...key });
      return { key: 'people.saved' };
    },
    draw,
  });
}

type Drawn = { key: { personId: string }; state: FormState };

async function draw(request: FastifyRequest, reply: FastifyReply, { key, state }: Drawn) {
  const { ctx } = request;
  const person = await requireManagedPerson(ctx, key.personId);
  await logContactLook(ctx, person);
  const t = translator(ctx.language);
  const form = {
    person,
    state,
    path: 'details',
    title: t('people.detailsTitle', { name: personName(person, ctx.language) }),
    lead: t('people.detailsLead'),
    submit: 'common.save',
    known: valuesOf(person),
  } as const;
  return sendPersonForm(request, reply, form, (drawn) => (
    <>
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
    </>
  ));
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
