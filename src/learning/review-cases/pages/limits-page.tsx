import { formatDay } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { pick } from '../../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  ErrorSummary,
  errorFor,
  Form,
  PageHeading,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import { duration } from '../../pages/words.ts';
import type { ShownLimit } from '../limit-store.ts';

export const limitsHref = '/office/engagement-limits';

type Props = { title: string; rows: ShownLimit[]; state: FormState };

/** Dated lines: which one holds today is the newest that has begun. */
export function LimitsPage({ title, rows, state }: Props) {
  const { t, language } = useFrame();
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={t('learning.limitsLead')} />
      <Card>
        <DataTable<ShownLimit>
          caption={title}
          isCaptionHidden
          rows={rows}
          rowKey={(row) => row.startsOn}
          columns={[
            {
              key: 'from',
              label: t('learning.limitFrom'),
              isRowHeading: true,
              value: (row) => formatDay(row.startsOn, language),
            },
            {
              key: 'excess',
              label: t('learning.limitExcess'),
              value: (row) => duration(row.excessSeconds, { t, language }),
            },
            { key: 'times', label: t('learning.limitTimes'), value: (row) => `${row.times}×` },
            {
              key: 'lapse',
              label: t('learning.limitLapse'),
              value: (row) => t('learning.days', { n: row.lapseDays }),
            },
            {
              key: 'by',
              label: t('learning.limitBy'),
              value: (row) =>
                pick({ hi: row.nameHi, en: row.nameEn }, language) || t('learning.limitByDefault'),
            },
          ]}
        />
      </Card>
      <NewLimit state={state} />
    </>
  );
}

function NewLimit({ state }: { state: FormState }) {
  const { t } = useFrame();
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return (
    <Card title={t('learning.limitNew')}>
      <Form action={limitsHref}>
        <TextField
          {...field('startsOn')}
          label={t('learning.limitFrom')}
          hint={t('learning.limitFromHint')}
          width="medium"
        />
        <TextField
          {...field('excessMinutes')}
          label={t('learning.limitExcessMinutes')}
          hint={t('learning.limitExcessHint')}
          inputmode="numeric"
          width="short"
        />
        <TextField
          {...field('times')}
          label={t('learning.limitTimes')}
          hint={t('learning.limitTimesHint')}
          inputmode="decimal"
          width="short"
        />
        <TextField
          {...field('lapseDays')}
          label={t('learning.limitLapse')}
          hint={t('learning.limitLapseHint')}
          inputmode="numeric"
          width="short"
        />
        <ButtonRow>
          <Button>{t('learning.limitSet')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}
