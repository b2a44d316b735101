import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../../../kernel/context.ts';
import { todayInIndia } from '../../../kernel/dates.ts';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { officeCodeIn } from '../../../organisations/index.ts';
import { Notice } from '../../../shell/index.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { addPosting } from '../add-posting.ts';
import { correctPosting } from '../correct-posting.ts';
import { endPosting, requireOwnPosting } from '../end-posting.ts';
import { movePerson } from '../move-person.ts';
import { isVisiblePerson, requireManagedPerson, rolesChangingPersons } from '../policy.ts';
import {
  moveInput,
  newPostingInput,
  personIdParams,
  postingCorrectionInput,
  postingEndInput,
  postingParams,
} from '../schema.ts';
import { dayOrNull, officeOf, personName } from '../words.ts';
import {
  DayField,
  EndReasonField,
  FormPage,
  KindField,
  OfficeField,
  PostFields,
  ReasonField,
} from './forms.tsx';
import { sendDeskPage } from './frame.ts';
import { officeChoice } from './office-choice.ts';

const config = { access: { roles: rolesChangingPersons } };
const ofPerson = { config, schema: { params: personIdParams, hide: true } };
const ofPosting = { config, schema: { params: postingParams, hide: true } };

/** Transfers, further charges, ends and corrections: each address draws its form and takes it. */
export function postingRoutes(app: App): void {
  transferRoutes(app);
  furtherPostingRoutes(app);
  endRoutes(app);
  correctionRoutes(app);
}

function transferRoutes(app: App): void {
  app.get('/office/persons/:personId/transfer', ofPerson, (request, reply) =>
    drawTransfer(request, reply, request.params.personId, emptyForm),
  );
  app.post('/office/persons/:personId/transfer', ofPerson, (request, reply) => {
    const { personId } = request.params;
    return answerForm(request, reply, {
      schema: moveInput,
      read: officeCodeIn,
      submit: async (input) => {
        await movePerson(request.ctx, { ...input, personId });
        flash(reply, { kind: 'success', key: 'people.moved' });
        return seeOther(reply, await placeAfterMove(request.ctx, personId));
      },
      redraw: (state) => drawTransfer(request, reply, personId, state),
    });
  });
}

/** Whoever leaves the officer's offices today is not found there any more, so the list is the next page. */
async function placeAfterMove(ctx: Ctx, personId: string): Promise<string> {
  return (await isVisiblePerson(ctx, personId)) ? `/office/persons/${personId}` : '/office/persons';
}

async function drawTransfer(
  request: FastifyRequest,
  reply: FastifyReply,
  personId: string,
  state: FormState,
) {
  const { ctx } = request;
  const person = await requireManagedPerson(ctx, personId);
  const t = translator(ctx.language);
  const title = t('people.transferTitle', { name: personName(person, ctx.language) });
  const choice = await officeChoice(ctx, state);
  const values = { startsOn: todayInIndia(ctx.clock), ...state.values };
  const drawn = { ...state, values };
  return sendDeskPage(
    request,
    reply,
    { title, person, hasErrors: state.errors.length > 0, width: 'reading' },
    <FormPage
      title={title}
      lead={t('people.transferLead')}
      action={`/office/persons/${personId}/transfer`}
      submit={t('people.transfer')}
      cancelHref={`/office/persons/${personId}`}
      state={drawn}
    >
      <OfficeField state={drawn} label={t('people.newOffice')} {...choice} />
      <DayField state={drawn} name="startsOn" label={t('people.firstDay')} hint={t('people.firstDayHint')} />
      <PostFields state={drawn} />
      <ReasonField state={drawn} label={t('people.orderField')} isOptional />
      <Notice tone="info">
        <p>{t('people.transferOut')}</p>
      </Notice>
    </FormPage>,
  );
}

function furtherPostingRoutes(app: App): void {
  app.get('/office/persons/:personId/further-posting', ofPerson, (request, reply) =>
    drawFurther(request, reply, request.params.personId, emptyForm),
  );
  app.post('/office/persons/:personId/further-posting', ofPerson, (request, reply) => {
    const { personId } = request.params;
    return answerForm(request, reply, {
      schema: newPostingInput,
      read: officeCodeIn,
      submit: async (input) => {
        await addPosting(request.ctx, { ...input, personId });
        flash(reply, { kind: 'success', key: 'people.postingAdded' });
        return seeOther(reply, `/office/persons/${personId}`);
      },
      redraw: (state) => drawFurther(request, reply, personId, state),
    });
  });
}

async function drawFurther(request: FastifyRequest, reply: FastifyReply, personId: string, state: FormState) {
  const { ctx } = request;
  const person = await requireManagedPerson(ctx, personId);
  const t = translator(ctx.language);
  const title = t('people.furtherTitle', { name: personName(person, ctx.language) });
  const choice = await officeChoice(ctx, state);
  const values = { startsOn: todayInIndia(ctx.clock), kind: 'additional_charge', ...state.values };
  const drawn = { ...state, values };
  return sendDeskPage(
    request,
    reply,
    { title, person, hasErrors: state.errors.length > 0, width: 'reading' },
    <FormPage
      title={title}
      lead={t('people.furtherLead')}
      action={`/office/persons/${personId}/further-posting`}
      submit={t('people.furtherSubmit')}
      cancelHref={`/office/persons/${personId}`}
      state={drawn}
    >
      <KindField state={drawn} />
      <OfficeField state={drawn} label={t('people.officeColumn')} {...choice} />
      <DayField state={drawn} name="startsOn" label={t('people.firstDay')} />
      <DayField
        state={drawn}
        name="endsOn"
        label={t('people.lastDay')}
        hint={t('people.lastDayHint')}
        isOptional
      />
      <PostFields state={drawn} />
    </FormPage>,
  );
}

type PostingKey = { personId: string; postingId: string };

function endRoutes(app: App): void {
  app.get('/office/persons/:personId/postings/:postingId/end', ofPosting, (request, reply) =>
    drawEnd(request, reply, request.params, emptyForm),
  );
  app.post('/office/persons/:personId/postings/:postingId/end', ofPosting, (request, reply) => {
    const key = request.params;
    return answerForm(request, reply, {
      schema: postingEndInput,
      submit: async (input) => {
        const { ended } = await endPosting(request.ctx, { ...input, ...key });
        flash(reply, { kind: 'success', key: 'people.postingEnded', vars: { count: ended } });
        return seeOther(reply, `/office/persons/${key.personId}`);
      },
      redraw: (state) => drawEnd(request, reply, key, state),
    });
  });
}

async function drawEnd(request: FastifyRequest, reply: FastifyReply, key: PostingKey, state: FormState) {
  const { ctx } = request;
  const person = await requireManagedPerson(ctx, key.personId);
  const posting = requireOwnPosting(ctx, person, key.postingId);
  const t = translator(ctx.language);
  const title = t('people.endTitle', { office: officeOf(posting, ctx.language) });
  const drawn = { ...state, values: { endsOn: todayInIndia(ctx.clock), ...state.values } };
  return sendDeskPage(
    request,
    reply,
    { title, person, hasErrors: state.errors.length > 0, width: 'reading' },
    <FormPage
      title={title}
      lead={`${personName(person, ctx.language)} · ${t('people.since', { day: dayOrNull(posting.startsOn, ctx.language) ?? '' })}`}
      action={`/office/persons/${key.personId}/postings/${key.postingId}/end`}
      submit={t('people.endSubmit')}
      cancelHref={`/office/persons/${key.personId}`}
      state={drawn}
    >
      <EndReasonField state={drawn} />
      <DayField state={drawn} name="endsOn" label={t('people.lastDay')} hint={t('people.lastDayEndHint')} />
      <Notice tone="info">
        <p>{t('people.endConsequences')}</p>
      </Notice>
    </FormPage>,
  );
}

function correctionRoutes(app: App): void {
  app.get('/office/persons/:personId/postings/:postingId/correction', ofPosting, (request, reply) =>
    drawCorrection(request, reply, request.params, emptyForm),
  );
  app.post('/office/persons/:personId/postings/:postingId/correction', ofPosting, (request, reply) => {
    const key = request.params;
    return answerForm(request, reply, {
      schema: postingCorrectionInput,
      clearable: ['endsOn'],
      submit: async (input) => {
        await correctPosting(request.ctx, { ...input, ...key });
        flash(reply, { kind: 'success', key: 'people.postingCorrected' });
        return seeOther(reply, `/office/persons/${key.personId}`);
      },
      redraw: (state) => drawCorrection(request, reply, key, state),
    });
  });
}

async function drawCorrection(
  request: FastifyRequest,
  reply: FastifyReply,
  key: PostingKey,
  state: FormState,
) {
  const { ctx } = request;
  const person = await requireManagedPerson(ctx, key.personId);
  const posting = requireOwnPosting(ctx, person, key.postingId);
  const t = translator(ctx.language);
  const title = t('people.correctionTitle', { office: officeOf(posting, ctx.language) });
  const drawn = { ...state, values: { ...postingValues(posting), ...state.values } };
  return sendDeskPage(
    request,
    reply,
    { title, person, hasErrors: state.errors.length > 0, width: 'reading' },
    <FormPage
      title={title}
      lead={`${personName(person, ctx.language)} · ${t('people.correctionLead')}`}
      action={`/office/persons/${key.personId}/postings/${key.postingId}/correction`}
      submit={t('common.save')}
      cancelHref={`/office/persons/${key.personId}`}
      state={drawn}
    >
      <DayField state={drawn} name="startsOn" label={t('people.firstDay')} />
      <DayField
        state={drawn}
        name="endsOn"
        label={t('people.lastDay')}
        hint={t('people.lastDayOpenHint')}
        isOptional
      />
      <PostFields state={drawn} />
      <ReasonField state={drawn} />
    </FormPage>,
  );
}

type PostingValues = {
  startsOn: string;
  endsOn: string | null;
  designation: string | null;
  serviceGroup: string | null;
  engagement: string | null;
};

function postingValues(posting: PostingValues): Record<string, string> {
  return {
    startsOn: posting.startsOn,
    endsOn: posting.endsOn ?? '',
    designation: posting.designation ?? '',
    serviceGroup: posting.serviceGroup ?? '',
    engagement: posting.engagement ?? '',
  };
}
