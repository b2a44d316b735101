import type { FormState } from '../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  ErrorSummary,
  errorFor,
  FilterBar,
  Form,
  PageHeading,
  SelectField,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import type { Designation, DesignationFilter } from './store.ts';

type ListProps = { title: string; rows: Designation[]; query: DesignationFilter; after?: string };

export function DesignationsPage({ title, rows, query, after }: ListProps) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={title} lead={t('organisations.designationsLead')} />
      <FilterBar action="/office/designations">
        <TextField name="q" label={t('organisations.designationSearch')} type="search" value={query.q} />
        <SelectField
          name="show"
          label={t('organisations.designationShow')}
          value={query.show}
          options={[
            { value: 'all', label: t('organisations.designationsAll') },
            { value: 'withoutEnglish', label: t('organisations.designationsWithoutEnglish') },
          ]}
        />
      </FilterBar>
      <Card>
        <DataTable<Designation>
          caption={title}
          isCaptionHidden
          isCountHidden
          rows={rows}
          rowKey={(row) => row.designationId}
          nextHref={after ? nextHref(query, after) : undefined}
          empty={
            <EmptyState icon="check" title={t('organisations.designationsNone')}>
              {t('organisations.designationsNoneText')}
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              label: t('organisations.designationName'),
              isRowHeading: true,
              value: (row) => row.name,
              href: (row) => `/office/designations/${row.designationId}`,
            },
            { key: 'nameEn', label: t('organisations.designationNameEn'), value: (row) => row.nameEn ?? '–' },
          ]}
        />
      </Card>
    </>
  );
}

function nextHref(query: DesignationFilter, after: string): string {
  const words = new URLSearchParams({ show: query.show, after });
  if (query.q) words.set('q', query.q);
  return `/office/designations?${words}`;
}

type OneProps = { title: string; action: string; state: FormState };

export function DesignationPage({ title, action, state }: OneProps) {
  const { t } = useFrame();
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={t('organisations.designationLead')} />
      <Card>
        <Form action={action}>
          <TextField {...field('name')} label={t('organisations.designationName')} isRequired />
          <TextField
            {...field('nameEn')}
            label={t('organisations.designationNameEn')}
            hint={t('organisations.designationNameEnHint')}
            isOptional
          />
          <ButtonRow>
            <Button>{t('common.save')}</Button>
            <Button variant="secondary" href="/office/designations">
              {t('common.cancel')}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
    </>
  );
}
