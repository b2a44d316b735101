import type { FastifyReply, FastifyRequest } from 'fastify';
import { todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { type MessageKey, translator } from '../../kernel/i18n.ts';
import {
  ConfirmPanel,
  DateField,
  ErrorSummary,
  errorFor,
  PageHeading,
  SelectField,
  TextField,
} from '../../shell/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { closeOffice, reopenOffice } from '../desk/close-office.ts';
import { addOffice, editOffice } from '../desk/keep-office.ts';
import { requireKeptOffice, viewOffice } from '../desk/office-view.ts';
import { rolesKeepingOffices } from '../desk/policy.ts';
import { savePost } from '../desk/save-post.ts';
import { closing, codeParams, newOffice, officeEdit, postInput, serviceGroups } from '../desk/schema.ts';
import type { OfficeRow } from '../scope.ts';
import { OfficeFields, OfficeFormPage } from './forms.tsx';
import { officeName } from './office-picker.tsx';
import { sendOfficePage } from './offices-routes.tsx';

const route = {
  config: { access: { roles: rolesKeepingOffices } },
  schema: { params: codeParams, hide: true },
};
const baseOf = (code: string) => `/office/offices/${encodeURIComponent(code)}`;

/** Forms of one office: its details, an office below, its posts, its closing. */
export function officeFormsRoutes(app: App): void {
  detailsRoutes(app);
  childRoutes(app);
  postsRoutes(app);
  closingRoutes(app);
}

type Draw = (
  request: FastifyRequest,
  reply: FastifyReply,
  office: OfficeRow,
  state: FormState,
) => Promise<unknown>;

async function draw(request: FastifyRequest, reply: FastifyReply, state: FormState, page: Draw) {
  const { code } = request.params as { code: string };
  return page(request, reply, await requireKeptOffice(request.ctx, code), state);
}

type Titled = { office: OfficeRow; title: string; state: FormState };

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { office, title, state }: Titled,
  body: Parameters<typeof sendOfficePage>[3],
) {
  const path = [{ ...office, officeId: office.officeId }];
  return sendOfficePage(
    request,
    reply,
    { title, path, hasErrors: state.errors.length > 0, width: 'reading' },
    body,
  );
}

function detailsRoutes(app: App): void {
  const url = '/office/offices/:code/details';
  app.get(url, route, (request, reply) => draw(request, reply, emptyForm, drawDetails));
  app.post(url, route, (request, reply) =>
    answerForm(request, reply, {
      schema: officeEdit,
      clearable: ['nameEn', 'kind', 'areaCode', 'strength'],
      submit: async (input) => {
        await editOffice(request.ctx, { ...input, code: request.params.code });
        flash(reply, { kind: 'success', key: 'organisations.saved' });
        return seeOther(reply, baseOf(request.params.code));
      },
      redraw: (state) => draw(request, reply, state, drawDetails),
    }),
  );
}

const drawDetails: Draw = async (request, reply, office, state) => {
  const t = translator(request.ctx.language);
  const title = t('organisations.editTitle', { office: officeName(office, request.ctx.language) });
  const values = {
    nameHi: office.nameHi,
    nameEn: office.nameEn ?? '',
    kind: office.kind ?? '',
    areaCode: office.areaCode ?? '',
    strength: office.strength === null ? '' : String(office.strength),
    ...state.values,
  };
  const drawn = { ...state, values };
  return send(
    request,
    reply,
    { office, title, state },
    <OfficeFormPage
      title={title}
      lead={t('organisations.editLead')}
      action={`${baseOf(office.code)}/details`}
      submit={t('common.save')}
      cancelHref={baseOf(office.code)}
      state={drawn}
    >
      <OfficeFields state={drawn} />
    </OfficeFormPage>,
  );
};

function childRoutes(app: App): void {
  const url = '/office/offices/:code/child';
  app.get(url, route, (request, reply) => draw(request, reply, emptyForm, drawChild));
  app.post(url, route, (request, reply) =>
    answerForm(request, reply, {
      schema: newOffice,
      submit: async (input) => {
        const code = await addOffice(request.ctx, { ...input, parentCode: request.params.code });
        flash(reply, { kind: 'success', key: 'organisations.added' });
        return seeOther(reply, baseOf(code));
      },
      redraw: (state) => draw(request, reply, state, drawChild),
    }),
  );
}

const drawChild: Draw = async (request, reply, office, state) => {
  const t = translator(request.ctx.language);
  const title = t('organisations.addTitle', { office: officeName(office, request.ctx.language) });
  return send(
    request,
    reply,
    { office, title, state },
    <OfficeFormPage
      title={title}
      action={`${baseOf(office.code)}/child`}
      submit={t('organisations.addChild')}
      cancelHref={baseOf(office.code)}
      state={state}
    >
      <TextField
        name="code"
        label={t('organisations.code')}
        hint={t('organisations.codeHint')}
        width="medium"
        value={state.values['code']}
        error={errorFor(state.errors, 'code')}
      />
      <OfficeFields state={state} />
    </OfficeFormPage>,
  );
};

function postsRoutes(app: App): void {
  const url = '/office/offices/:code/posts';
  app.get(url, route, (request, reply) => draw(request, reply, emptyForm, drawPost));
  app.post(url, route, (request, reply) =>
    answerForm(request, reply, {
      schema: postInput,
      submit: async (input) => {
        await savePost(request.ctx, { ...input, code: request.params.code });
        flash(reply, { kind: 'success', key: 'organisations.postSaved' });
        return seeOther(reply, baseOf(request.params.code));
      },
      redraw: (state) => draw(request, reply, state, drawPost),
    }),
  );
}

const drawPost: Draw = async (request, reply, office, state) => {
  const t = translator(request.ctx.language);
  const title = t('organisations.postTitle', { office: officeName(office, request.ctx.language) });
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return send(
    request,
    reply,
    { office, title, state },
    <OfficeFormPage
      title={title}
      lead={t('organisations.postLead')}
      action={`${baseOf(office.code)}/posts`}
      submit={t('common.save')}
      cancelHref={baseOf(office.code)}
      state={state}
    >
      <TextField {...field('designation')} label={t('organisations.designation')} />
      <SelectField
        {...field('serviceGroup')}
        label={t('organisations.group')}
        isOptional
        emptyLabel
        options={serviceGroups.map((group) => ({
          value: group,
          label: t(`organisations.group_${group}` as MessageKey),
        }))}
      />
      <TextField
        {...field('sanctioned')}
        label={t('organisations.sanctioned')}
        width="short"
        inputmode="numeric"
      />
    </OfficeFormPage>,
  );
};

function closingRoutes(app: App): void {
  const url = '/office/offices/:code/closing';
  app.get(url, route, (request, reply) => draw(request, reply, emptyForm, drawClosing));
  app.post(url, route, (request, reply) =>
    answerForm(request, reply, {
      schema: closing,
      submit: async ({ validUntil }) => {
        await closeOffice(request.ctx, { code: request.params.code, validUntil });
        flash(reply, { kind: 'success', key: 'organisations.closedNow' });
        return seeOther(reply, baseOf(request.params.code));
      },
      redraw: (state) => draw(request, reply, state, drawClosing),
    }),
  );
  app.get('/office/offices/:code/reopening', route, async (request, reply) =>
    seeOther(reply, `${baseOf(request.params.code)}/closing`),
  );
  app.post('/office/offices/:code/reopening', route, async (request, reply) => {
    await reopenOffice(request.ctx, request.params.code);
    flash(reply, { kind: 'success', key: 'organisations.reopened' });
    return seeOther(reply, baseOf(request.params.code));
  });
}

const drawClosing: Draw = async (request, reply, office, state) => {
  const { ctx } = request;
  const t = translator(ctx.language);
  const base = baseOf(office.code);
  if (office.validUntil) return drawReopening(request, reply, office, state);
  const title = t('organisations.closeTitle', { office: officeName(office, ctx.language) });
  const view = await viewOffice(ctx, office.code);
  const people = view.posted.reduce((sum, row) => sum + row.count, 0);
  return send(
    request,
    reply,
    { office, title, state },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} />
      <ConfirmPanel
        title={t('organisations.closeConsequences')}
        consequences={[
          t('organisations.closeNeedsEmpty', { people, offices: view.rows.length }),
          t('organisations.closeKeeps'),
        ]}
        action={`${base}/closing`}
        confirmLabel={t('organisations.close')}
        cancelHref={base}
        isReversible
      >
        <DateField
          name="validUntil"
          label={t('organisations.lastDay')}
          value={state.values['validUntil'] ?? todayInIndia(ctx.clock)}
          error={errorFor(state.errors, 'validUntil')}
        />
      </ConfirmPanel>
    </>,
  );
};

const drawReopening: Draw = async (request, reply, office, state) => {
  const t = translator(request.ctx.language);
  const title = t('organisations.reopenTitle', { office: officeName(office, request.ctx.language) });
  const base = baseOf(office.code);
  return send(
    request,
    reply,
    { office, title, state },
    <>
      <PageHeading title={title} />
      <ConfirmPanel
        title={title}
        consequences={[t('organisations.reopenText')]}
        action={`${base}/reopening`}
        confirmLabel={t('organisations.reopen')}
        cancelHref={base}
        isReversible
      />
    </>,
  );
};
