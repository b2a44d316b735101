import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../kernel/feature.ts';
import { type MessageKey, translator } from '../../kernel/i18n.ts';
import { errorFor, SelectField, TextField } from '../../shell/index.ts';
import { addOffice, editOffice } from '../desk/keep-office.ts';
import { savePost } from '../desk/save-post.ts';
import { newOffice, officeEdit, postInput, serviceGroups } from '../desk/schema.ts';
import { closingRoutes } from './closing-routes.tsx';
import { OfficeFields } from './forms.tsx';
import { type Drawn, officeForm, sendOfficeForm } from './office-form.tsx';

/** Forms of one office: its details, an office below, its posts, its closing. */
export function officeFormsRoutes(app: App): void {
  officeForm(app, {
    path: 'details',
    schema: officeEdit,
    clearable: ['nameEn', 'kind', 'areaCode', 'strength'],
    submit: async (ctx, code, input) => {
      await editOffice(ctx, { ...input, code });
      return code;
    },
    done: 'organisations.saved',
    draw: drawDetails,
  });
  officeForm(app, {
    path: 'child',
    schema: newOffice,
    submit: (ctx, parentCode, input) => addOffice(ctx, { ...input, parentCode }),
    done: 'organisations.added',
    draw: drawChild,
  });
  officeForm(app, {
    path: 'posts',
    schema: postInput,
    submit: async (ctx, code, input) => {
      await savePost(ctx, { ...input, code });
      return code;
    },
    done: 'organisations.postSaved',
    draw: drawPost,
  });
  closingRoutes(app);
}

function drawDetails(request: FastifyRequest, reply: FastifyReply, { office, state }: Drawn) {
  const known = {
    nameHi: office.nameHi,
    nameEn: office.nameEn ?? '',
    kind: office.kind ?? '',
    areaCode: office.areaCode ?? '',
    strength: office.strength === null ? '' : String(office.strength),
  };
  const words = {
    title: 'organisations.editTitle',
    lead: 'organisations.editLead',
    submit: 'common.save',
  } as const;
  const form = { office, state, path: 'details', known, ...words };
  return sendOfficeForm(request, reply, form, (drawn) => <OfficeFields state={drawn} />);
}

function drawChild(request: FastifyRequest, reply: FastifyReply, drawn: Drawn) {
  const t = translator(request.ctx.language);
  const words = { title: 'organisations.addTitle', submit: 'organisations.addChild' } as const;
  return sendOfficeForm(request, reply, { ...drawn, path: 'child', ...words }, (state) => (
    <>
      <TextField
        name="code"
        label={t('organisations.code')}
        hint={t('organisations.codeHint')}
        width="medium"
        value={state.values['code']}
        error={errorFor(state.errors, 'code')}
      />
      <OfficeFields state={state} />
    </>
  ));
}

function drawPost(request: FastifyRequest, reply: FastifyReply, drawn: Drawn) {
  const t = translator(request.ctx.language);
  const { values, errors } = drawn.state;
  const field = (name: string) => ({ name, value: values[name], error: errorFor(errors, name) });
  const words = {
    title: 'organisations.postTitle',
    lead: 'organisations.postLead',
    submit: 'common.save',
  } as const;
  return sendOfficeForm(request, reply, { ...drawn, path: 'posts', ...words }, () => (
    <>
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
    </>
  ));
}
