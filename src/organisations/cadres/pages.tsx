import type { FormState } from '../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  CheckboxGroup,
  EmptyState,
  ErrorSummary,
  FilterBar,
  Form,
  PageHeading,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import type { CadrePage } from './keep-field-cadres.ts';

export const href = '/office/cadres';

/** What of the address differs from the first page of all. */
export function cadresHref({ q, after }: { q?: string | undefined; after?: string | undefined }): string {
  const query = new URLSearchParams({ ...(q ? { q } : {}), ...(after ? { after } : {}) }).toString();
  return query ? `${href}?${query}` : href;
}

type Props = { title: string; found: CadrePage; errors: FormState['errors'] };

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
function CadreForm({ found }: { found: CadrePage }) {
  const { t } = useFrame();
  const { field, others, search, after, next } = found;
  const options = (cadres: CadrePage['field']) =>
    cadres.map((cadre) => ({ value: cadre.cadreId, label: cadre.name }));
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
        <ButtonRow>
          <Button type="submit">{t('organisations.cadresSave')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}
