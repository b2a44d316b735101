import type { FormState } from '../../kernel/http/answer-form.ts';
import type { Translate } from '../../kernel/i18n.ts';
import { tagName } from '../../learning/index.ts';
import { OfficePicker, type OfficeRow } from '../../organisations/index.ts';
import {
  Button,
  Card,
  CheckboxGroup,
  DateField,
  ErrorSummary,
  errorFor,
  Form,
  PageHeading,
  TextField,
} from '../../shell/index.ts';
import type { Campaign } from '../stores/campaigns.ts';
import { campaignHref, type Say } from './words.ts';

type Props = {
  title: string;
  state: FormState;
  known: Campaign | undefined;
  tags: readonly string[];
  /** The topics that were sent, where the form comes back. */
  chosen: string[] | undefined;
  offices: OfficeRow[];
  say: Say;
};

export function CampaignForm({ title, state, known, tags, chosen, offices, say }: Props) {
  const { t } = say;
  const values = { ...valuesOf(known), ...state.values };
  const field = (name: string) => ({ name, value: values[name], error: errorFor(state.errors, name) });
  const topics = chosen ?? known?.tags ?? [];
  return (
    <>
      <ErrorSummary errors={state.errors} labels={labelsOf(t)} />
      <PageHeading title={title} lead={t('campaigns.formLead')} />
      <Card>
        <Form action={known ? `/office${campaignHref(known.code)}` : '/office/campaigns'}>
          <TextField {...field('titleHi')} label={t('campaigns.titleHi')} lang="hi" maxLength={160} />
          <TextField
            {...field('titleEn')}
            label={t('campaigns.titleEn')}
            lang="en"
            maxLength={160}
            isOptional
          />
          {known ? null : (
            <TextField
              {...field('code')}
              label={t('campaigns.code')}
              hint={t('campaigns.codeHint')}
              width="medium"
              maxLength={40}
              spellcheck={false}
            />
          )}
          <OfficePicker
            label={t('campaigns.forOffice')}
            values={values}
            error={errorFor(state.errors, 'officeCode')}
            suggestions={offices}
          />
          <DateField {...field('fromDay')} label={t('campaigns.fromDay')} />
          <DateField {...field('toDay')} label={t('campaigns.toDay')} />
          <TextField
            {...field('hours')}
            label={t('campaigns.hoursAsked')}
            hint={t('campaigns.hoursHint')}
            width="short"
            inputmode="decimal"
          />
          <CheckboxGroup
            name="tags"
            label={t('campaigns.tags')}
            hint={t('campaigns.tagsHint')}
            isInline
            values={topics}
            options={[...new Set([...tags, ...topics])].map((tag) => ({
              value: tag,
              label: tagName(tag, t),
            }))}
          />
          <TextField
            {...field('orderNumber')}
            label={t('campaigns.orderNumber')}
            maxLength={200}
            isOptional
          />
          <Button type="submit">{t('campaigns.saveDraft')}</Button>
        </Form>
      </Card>
    </>
  );
}

/** Of fields whose sentence does not say which it is. */
function labelsOf(t: Translate): Record<string, string> {
  return {
    titleHi: t('campaigns.titleHi'),
    titleEn: t('campaigns.titleEn'),
    code: t('campaigns.code'),
    officeCode: t('campaigns.office'),
    fromDay: t('campaigns.fromDay'),
    toDay: t('campaigns.toDay'),
    hours: t('campaigns.hoursAsked'),
    orderNumber: t('campaigns.orderNumber'),
  };
}

function valuesOf(known: Campaign | undefined): Record<string, string> {
  if (!known) return {};
  return {
    ...{ titleHi: known.titleHi, titleEn: known.titleEn ?? '', officeQuery: known.officeCode },
    ...{ fromDay: known.fromDay, toDay: known.toDay, hours: hoursOf(known.targetMinutes) },
    orderNumber: known.orderNumber ?? '',
  };
}

/** To a hundredth, which is less than half a minute: read again they are the same minutes. */
function hoursOf(minutes: number): string {
  return String(Math.round((100 * minutes) / 60) / 100);
}
