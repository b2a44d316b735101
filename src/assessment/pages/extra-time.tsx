import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DateField,
  ErrorSummary,
  errorFor,
  Form,
  PageHeading,
  SelectField,
  TextArea,
} from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { nodalRoles } from '../policy.ts';
import { reason } from '../schema.ts';
import { currentExtraTime, mayGiveTime, setExtraTime, visibleExtraTime } from '../set-extra-time.ts';
import { type ExtraTime, nameOfPerson } from '../stores/extra-time.ts';
import { type Say, sayOf } from './words.ts';

const byPerson = z.object({ personId: z.uuid() });
const timeForm = z.object({
  percent: z.coerce.number().int().min(0).max(300),
  untilDay: z.iso.date('not_a_date').optional(),
  reason,
});
const choices = [0, 10, 20, 25, 33, 50, 100];

export function extraTimeRoutes(app: App): void {
  const options = { config: { access: { roles: nodalRoles } }, schema: { params: byPerson, hide: true } };
  app.get('/office/persons/:personId/extra-time', options, (request, reply) =>
    sendForm(request, reply, emptyForm),
  );
  app.post('/office/persons/:personId/extra-time', options, (request, reply) =>
    answerForm(request, reply, {
      schema: timeForm,
      redraw: (state) => sendForm(request, reply, state),
      async submit({ percent, untilDay, reason: why }) {
        const { personId } = request.params;
        await setExtraTime(request.ctx, personId, { percent, untilDay: untilDay ?? null, reason: why });
        flash(reply, { kind: 'success', key: 'assessment.saved' });
        return seeOther(reply, `/office/persons/${personId}`);
      },
    }),
  );
}

async function sendForm(
  request: FastifyRequest<{ Params: { personId: string } }>,
  reply: FastifyReply,
  state: FormState,
) {
  const { personId } = request.params;
  const now = await visibleExtraTime(request.ctx, personId);
  const say = sayOf(request);
  const { t } = say;
  const title = t('assessment.extraTime');
  const name = pick((await nameOfPerson(request.ctx.db.read, personId)) ?? {}, say.language);
  const breadcrumbs = [{ label: name, href: `/office/persons/${personId}` }];
  const values = {
    percent: String(now?.percent ?? 0),
    untilDay: now?.untilDay ?? '',
    ...state.values,
  };
  return sendPage(
    request,
    reply,
    {
      ...{ title, area: 'office', activeLink: 'persons', width: 'reading', breadcrumbs },
      hasErrors: state.errors.length > 0,
    },
    <>
      <ErrorSummary errors={state.errors} labels={{ reason: t('assessment.extraTimeReason') }} />
      <PageHeading title={title} lead={`${name} · ${nowText(now, say)}`} />
      <Form action={`/office/persons/${personId}/extra-time`}>
        <Card>
          <SelectField
            name="percent"
            label={t('assessment.extraTime')}
            hint={t('assessment.extraTimeHint')}
            value={values.percent}
            error={errorFor(state.errors, 'percent')}
            options={[...new Set([...choices, now?.percent ?? 0])]
              .sort((a, b) => a - b)
              .map((one) => ({ value: String(one), label: one === 0 ? t('assessment.none') : `${one}%` }))}
          />
          <DateField
            name="untilDay"
            label={t('assessment.untilField')}
            value={values.untilDay}
            error={errorFor(state.errors, 'untilDay')}
            isOptional
          />
          <TextArea
            name="reason"
            label={t('assessment.extraTimeReason')}
            hint={t('assessment.extraTimeReasonHint')}
            value={state.values['reason']}
            error={errorFor(state.errors, 'reason')}
            rows={2}
            maxLength={500}
          />
        </Card>
        <ButtonRow>
          <Button>{t('common.save')}</Button>
          <Button href={`/office/persons/${personId}`} variant="quiet">
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>,
  );
}

function nowText(now: ExtraTime | undefined, { t, language }: Say): string {
  if (!now) return t('assessment.extraTimeNone');
  const until = now.untilDay ? t('assessment.untilDay', { day: formatDay(now.untilDay, language) }) : '';
  return `${t('assessment.extraTimeIs', { n: now.percent })} ${until}`.trim();
}

/** On a person's page, for the nodal officer who may decide it. */
export async function extraTimeCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  if (!(await mayGiveTime(ctx, personId))) return null;
  const t = translator(ctx.language);
  const now = await currentExtraTime(ctx, personId);
  return (
    <Card title={t('assessment.extraTime')}>
      <p>{nowText(now, { t, language: ctx.language })}</p>
      {now?.reason ? (
        <p class="soft">
          {t('assessment.extraTimeReason')}: {now.reason}
        </p>
      ) : null}
      <Button href={`/office/persons/${personId}/extra-time`} variant="secondary">
        {t('assessment.changeExtraTime')}
      </Button>
    </Card>
  );
}
