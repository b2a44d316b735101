import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  ErrorSummary,
  errorFor,
  Form,
  PageHeading,
  SelectField,
  Tag,
  TextArea,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import { verdicts } from '../objections/decide-objection.ts';
import type { Objection } from '../stores/objections.ts';
import { deskAddress, type FormView } from './office.tsx';
import { ObjectionFacts } from './own.tsx';

type ObjectionPart = { items: Objection[]; next: string | null };

export function ObjectionsPage({ open, decided }: { open: ObjectionPart; decided: ObjectionPart }) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={t('appraisal.objections')} lead={t('appraisal.objectionsLead')} />
      <ObjectionTable caption={t('appraisal.objectionsOpen')} part={open} nextKey="after" />
      {decided.items.length > 0 ? (
        <ObjectionTable caption={t('appraisal.objectionsDecided')} part={decided} nextKey="decidedAfter" />
      ) : null}
    </>
  );
}

type TableProps = { caption: string; part: ObjectionPart; nextKey: 'after' | 'decidedAfter' };

function ObjectionTable({ caption, part, nextKey }: TableProps) {
  const { t, language } = useFrame();
  return (
    <DataTable
      caption={caption}
      rows={part.items}
      isCountHidden={part.next !== null}
      pageKey={nextKey}
      nextHref={part.next ? `${deskAddress}/objections?${nextKey}=${part.next}` : undefined}
      rowKey={(row) => row.objectionId}
      empty={<p class="soft">{t('appraisal.objectionsNone')}</p>}
      columns={[
        {
          key: 'name',
          label: t('appraisal.name'),
          isRowHeading: true,
          value: (row) => `${pick({ hi: row.nameHi, en: row.nameEn }, language)} (${row.code ?? '–'})`,
          href: (row) => `${deskAddress}/objections/${row.objectionId}`,
        },
        { key: 'year', label: t('appraisal.year'), value: (row) => row.year },
        { key: 'on', label: t('appraisal.raisedOn'), kind: 'date', value: (row) => row.raisedAt },
        {
          key: 'state',
          label: t('appraisal.status'),
          value: (row) => (
            <Tag tone={row.state === 'open' ? 'due' : 'neutral'}>{t(`appraisal.objection_${row.state}`)}</Tag>
          ),
        },
      ]}
    />
  );
}

export function ObjectionPage({ objection, state }: { objection: Objection; state: FormView }) {
  const { t, language } = useFrame();
  const name = pick({ hi: objection.nameHi, en: objection.nameEn }, language);
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading
        title={t('appraisal.objectionOf', { name })}
        lead={`${objection.year} · ${objection.statementNo}`}
      />
      <Card>
        <ObjectionFacts objection={objection} />
        <ButtonRow>
          <Button href={`/statement/${objection.statementNo}`} variant="secondary">
            {t('appraisal.openStatement')}
          </Button>
          {objection.state === 'open' ? (
            <Button href={`/office/persons/${objection.holderId}`} variant="secondary">
              {t('appraisal.correctRecord')}
            </Button>
          ) : null}
          {objection.state === 'open' ? (
            <Button href={`/office/persons/${objection.holderId}/claims/new`} variant="secondary">
              {t('appraisal.enterClaim')}
            </Button>
          ) : null}
        </ButtonRow>
      </Card>
      {objection.state === 'open' ? (
        <Card title={t('appraisal.decideTitle')} lead={t('appraisal.decideLead')}>
          <Form action={`${deskAddress}/objections/${objection.objectionId}`}>
            <SelectField
              name="verdict"
              label={t('appraisal.verdict')}
              value={state.values['verdict']}
              error={errorFor(state.errors, 'verdict')}
              emptyLabel
              options={verdicts.map((value) => ({ value, label: t(`appraisal.objection_${value}`) }))}
            />
            <TextArea
              name="reason"
              label={t('appraisal.reason')}
              hint={t('appraisal.reasonHint')}
              value={state.values['reason']}
              error={errorFor(state.errors, 'reason')}
            />
            <TextField
              name="orderNumber"
              label={t('appraisal.orderNumber')}
              hint={t('appraisal.decideOrderHint')}
              value={state.values['orderNumber']}
              isOptional
            />
            <Button>{t('appraisal.decideButton')}</Button>
          </Form>
        </Card>
      ) : null}
    </>
  );
}
