import type { FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  CheckboxGroup,
  DataTable,
  EmptyState,
  ErrorSummary,
  errorFor,
  FilterBar,
  Form,
  FormPage,
  PageHeading,
  Pagination,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import type { CadrePage as FoundCadres } from './keep-field-cadres.ts';

export const href = '/office/cadres';

export function cadreHref(cadreId: string): string {
  return `${href}/${cadreId}`;
}

/** What of the address differs from the first page of all. */
export function cadresHref({ q, after }: { q?: string | undefined; after?: string | undefined }): string {
  const query = new URLSearchParams({ ...(q ? { q } : {}), ...(after ? { after } : {}) }).toString();
  return query ? `${href}?${query}` : href;
}

type Props = { title: string; found: FoundCadres; errors: FormState['errors'] };

export function CadresPage({ title, found, errors }: Props) {
  const { t } = useFrame();
  const { field, others, search, after } = found;
  const isNone = field.length + others.length === 0 && !search && !after;
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={title} lead={t('organisations.cadresLead')} />
      {isNone ? (
        <Card>
          <EmptyState icon="check" title={t('organisations.cadresNone')}>
            {t('organisations.cadresNoneText')}
          </EmptyState>
        </Card>
      ) : (
        <>
          {found.next || search || after ? <Search search={search} /> : null}
          <CadreForm found={found} />
          <EnglishNames cadres={[...field, ...others]} />
        </>
      )}
    </>
  );
}

function Search({ search }: { search: string }) {
  const { t } = useFrame();
  return (
    <FilterBar
      action={href}
      submitLabel={t('organisations.cadresFind')}
      resetHref={search ? href : undefined}
    >
      <TextField
        name="q"
        label={t('organisations.cadresSearch')}
        value={search}
        type="search"
        spellcheck={false}
      />
    </FilterBar>
  );
}

/** Only what the form shows is changed by it. */
function CadreForm({ found }: { found: FoundCadres }) {
  const { t, language } = useFrame();
  const { field, others, search, after, next } = found;
  const options = (cadres: FoundCadres['field']) =>
    cadres.map((cadre) => ({
      value: cadre.cadreId,
      label: pick({ hi: cadre.name, en: cadre.nameEn }, language),
    }));
  const q = search || undefined;
  return (
    <Card>
      <Form action={cadresHref({ q, after })}>
        {[...field, ...others].map((cadre) => (
          <input key={cadre.cadreId} type="hidden" name="shown" value={cadre.cadreId} />
        ))}
        {field.length > 0 ? (
          <CheckboxGroup
            name="field"
            label={t('organisations.cadresField')}
            hint={t('organisations.cadresFieldHint')}
            values={field.map((cadre) => cadre.cadreId)}
            options={options(field)}
          />
        ) : (
          <p class="soft">{t('organisations.cadresNoField')}</p>
        )}
        {others.length > 0 ? (
          <CheckboxGroup
            name="field"
            id="others"
            label={t('organisations.cadresOthers')}
            hint={t('organisations.cadresOthersHint')}
            values={[]}
            options={options(others)}
          />
        ) : (
          <p class="soft">{t(search ? 'organisations.cadresNotFound' : 'organisations.cadresNoOthers')}</p>
        )}
        {next ? (
          <p>
            <a href={cadresHref({ q, after: next })}>{t('organisations.cadresNext')}</a>
          </p>
        ) : null}
        <Pagination nextHref={undefined} />
        <ButtonRow>
          <Button type="submit">{t('organisations.cadresSave')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}

/** What English pages call the cadres of this page; each has a form of its own. */
function EnglishNames({ cadres }: { cadres: FoundCadres['field'] }) {
  const { t } = useFrame();
  if (cadres.length === 0) return null;
  return (
    <Card title={t('organisations.cadreNames')} lead={t('organisations.cadreNamesLead')}>
      <DataTable
        caption={t('organisations.cadreNames')}
        isCaptionHidden
        isCountHidden
        rows={cadres}
        rowKey={(row) => row.cadreId}
        columns={[
          {
            key: 'name',
            label: t('organisations.cadresSearch'),
            isRowHeading: true,
            kind: 'link',
            value: (row) => row.name,
            href: (row) => cadreHref(row.cadreId),
          },
          { key: 'nameEn', label: t('organisations.designationNameEn'), value: (row) => row.nameEn ?? '–' },
        ]}
      />
    </Card>
  );
}

type OneProps = { title: string; action: string; state: FormState };

export function CadrePage({ title, action, state }: OneProps) {
  const { t } = useFrame();
  const lead = t('organisations.cadreNamesLead');
  return (
    <FormPage {...{ title, lead, action, state }} submit={t('common.save')} cancelHref={href}>
      <TextField
        name="nameEn"
        label={t('organisations.designationNameEn')}
        value={state.values['nameEn']}
        error={errorFor(state.errors, 'nameEn')}
        isOptional
      />
    </FormPage>
  );
}
