import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../../../kernel/context.ts';
import { todayInIndia } from '../../../kernel/dates.ts';
import type { App } from '../../../kernel/feature.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { officeCodeIn } from '../../../organisations/index.ts';
import { Notice, useFrame } from '../../../shell/index.ts';
import { addPosting } from '../add-posting.ts';
import { correctPosting } from '../correct-posting.ts';
import { endPosting, requireOwnPosting } from '../end-posting.ts';
import { movePerson } from '../move-person.ts';
import { isVisiblePerson, requireManagedPerson } from '../policy.ts';
import {
  moveInput,
  newPostingInput,
  personIdParams,
  postingCorrectionInput,
  postingEndInput,
  postingParams,
} from '../schema.ts';
import { dayOrNull, officeOf, personName } from '../words.ts';
import { DayField, EndReasonField, KindField, OfficeField, PostFields, ReasonField } from './forms.tsx';
import { officeChoice } from './office-choice.ts';
import { personForm, personHref, sendPersonForm } from './person-form.tsx';

/** Transfers, further charges, ends and corrections: each address draws its form and takes it. */
export function postingRoutes(app: App): void {
  transferForm(app);
  furtherPostingForm(app);
  endForm(app);
  correctionForm(app);
}

type PersonKey = { personId: string };
type PostingKey = PersonKey & { postingId: string };
type Drawn<Key> = { key: Key; state: FormState };

function transferForm(app: App): void {
  personForm(app, {
    path: 'transfer',
    params: personIdParams,
    schema: moveInput,
    read: officeCodeIn,
    submit: async (ctx, key, input) => {
      await movePerson(ctx, { ...input, ...key });
      return { key: 'people.moved', href: await placeAfterMove(ctx, key.personId) };
    },
    draw: drawTransfer,
  });
}

/** Whoever leaves the officer's offices today is not found there any more, so the list is the next page. */
async function placeAfterMove(ctx: Ctx, personId: string): Promise<string> {
  return (await isVisiblePerson(ctx, personId)) ? personHref(personId) : '/office/persons';
}

async function drawTransfer(request: FastifyRequest, reply: FastifyReply, { key, state }: Drawn<PersonKey>) {
  const { ctx } = request;
  const person = await requireManagedPerson(ctx, key.personId);
  const t = translator(ctx.language);
  const { asked, ...choice } = await officeChoice(ctx, state);
  const form = {
    person,
    state: asked,
    path: 'transfer',
    title: t('people.transferTitle', { name: personName(person, ctx.language) }),
    lead: t('people.transferLead'),
    submit: 'people.transfer',
    known: { startsOn: todayInIndia(ctx.clock) },
  } as const;
  return sendPersonForm(request, reply, form, (drawn) => (
    <>
      <OfficeField state={drawn} label={t('people.newOffice')} {...choice} />
      <DayField state={drawn} name="startsOn" label={t('people.firstDay')} hint={t('people.firstDayHint')} />
      <PostFields state={drawn} />
      <ReasonField state={drawn} label={t('people.orderField')} isOptional />
      <Notice tone="info">
        <p>{t('people.transferOut')}</p>
      </Notice>
    </>
  ));
}

function furtherPostingForm(app: App): void {
  personForm(app, {
    path: 'further-posting',
    params: personIdParams,
    schema: newPostingInput,
    read: officeCodeIn,
    submit: async (ctx, key, input) => {
      await addPosting(ctx, { ...input, ...key });
      return { key: 'people.postingAdded' };
    },
    draw: drawFurther,
  });
}

async function drawFurther(request: FastifyRequest, reply: FastifyReply, { key, state }: Drawn<PersonKey>) {
  const { ctx } = request;
  const person = await requireManagedPerson(ctx, key.personId);
  const t = translator(ctx.language);
  const { asked, ...choice } = await officeChoice(ctx, state);
  const form = {
    person,
    state: asked,
    path: 'further-posting',
    title: t('people.furtherTitle', { name: personName(person, ctx.language) }),
    lead: t('people.furtherLead'),
    submit: 'people.furtherSubmit',
    known: { startsOn: todayInIndia(ctx.clock), kind: 'additional_charge' },
  } as const;
  return sendPersonForm(request, reply, form, (drawn) => (
    <>
      <KindField state={drawn} />
      <OfficeField state={drawn} label={t('people.officeColumn')} {...choice} />
      <DayField state={drawn} name="startsOn" label={t('people.firstDay')} />
      <LastDayField state={drawn} hint={t('people.lastDayHint')} />
      <PostFields state={drawn} />
    </>
  ));
}

function LastDayField({ state, hint }: { state: FormState; hint: string }) {
  const { t } = useFrame();
  return <DayField state={state} name="endsOn" label={t('people.lastDay')} hint={hint} isOptional />;
}

function endForm(app: App): void {
  personForm(app, {
    path: 'postings/:postingId/end',
    params: postingParams,
    schema: postingEndInput,
    submit: async (ctx, key, input) => {
      const { ended } = await endPosting(ctx, { ...input, ...key });
      return { key: 'people.postingEnded', vars: { count: ended } };
    },
    draw: drawEnd,
  });
}

async function drawEnd(request: FastifyRequest, reply: FastifyReply, { key, state }: Drawn<PostingKey>) {
  const { ctx } = request;
  const { person, posting, name } = await ownPosting(ctx, key);
  const t = translator(ctx.language);
  const since = t('people.since', { day: dayOrNull(posting.startsOn, ctx.language) ?? '' });
  const form = {
    person,
    state,
    path: `postings/${key.postingId}/end`,
    title: t('people.endTitle', { office: officeOf(posting, ctx.language) }),
    lead: `${name} · ${since}`,
    submit: 'people.endSubmit',
    known: { endsOn: todayInIndia(ctx.clock) },
  } as const;
  return sendPersonForm(request, reply, form, (drawn) => (
    <>
      <EndReasonField state={drawn} />
      <DayField state={drawn} name="endsOn" label={t('people.lastDay')} hint={t('people.lastDayEndHint')} />
      <Notice tone="info">
        <p>{t('people.endConsequences')}</p>
      </Notice>
    </>
  ));
}

async function ownPosting(ctx: Ctx, key: PostingKey) {
  const person = await requireManagedPerson(ctx, key.personId);
  const posting = requireOwnPosting(ctx, person, key.postingId);
  return { person, posting, name: personName(person, ctx.language) };
}

function correctionForm(app: App): void {
  personForm(app, {
    path: 'postings/:postingId/correction',
    params: postingParams,
    schema: postingCorrectionInput,
    clearable: ['endsOn'],
    submit: async (ctx, key, input) => {
      await correctPosting(ctx, { ...input, ...key });
      return { key: 'people.postingCorrected' };
    },
    draw: drawCorrection,
  });
}

async function drawCorrection(
  request: FastifyRequest,
  reply: FastifyReply,
  { key, state }: Drawn<PostingKey>,
) {
  const { ctx } = request;
  const { person, posting, name } = await ownPosting(ctx, key);
  const t = translator(ctx.language);
  const form = {
    person,
    state,
    path: `postings/${key.postingId}/correction`,
    title: t('people.correctionTitle', { office: officeOf(posting, ctx.language) }),
    lead: `${name} · ${t('people.correctionLead')}`,
    submit: 'common.save',
    known: postingValues(posting),
  } as const;
  return sendPersonForm(request, reply, form, (drawn) => (
    <>
      <DayField state={drawn} name="startsOn" label={t('people.firstDay')} />
      <LastDayField state={drawn} hint={t('people.lastDayOpenHint')} />
      <PostFields state={drawn} />
      <ReasonField state={drawn} />
    </>
  ));
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
