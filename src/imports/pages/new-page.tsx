import type { FormState } from '../../kernel/http/answer-form.ts';
import type { Language } from '../../kernel/i18n.ts';
import { findImportKind, headingOf } from '../../kernel/imports/index.ts';
import type { ColumnSpec } from '../../kernel/tabular/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  DataTable,
  Details,
  ErrorSummary,
  errorFor,
  FileField,
  Form,
  PageHeading,
  RadioGroup,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import { kindHints, kindName } from './words.ts';

type NewProps = { kinds: string[]; state: FormState };

export function NewPage({ kinds, state }: NewProps) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('imports.newImport')} lead={t('imports.newLead')} />
      <Card>
        <Form action="/office/imports" hasFiles>
          <NewFields kinds={kinds} state={state} />
          <ButtonRow>
            <Button icon="upload">{t('imports.checkFile')}</Button>
            <Button variant="quiet" href="/office/imports">
              {t('common.cancel')}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
      <Templates kinds={kinds} />
    </>
  );
}

/** The file comes last: a browser sends the fields in this order, and the file is read as it comes. */
function NewFields({ kinds, state }: NewProps) {
  const { t, language } = useFrame();
  const options = kinds.map((kind) => {
    const hint = kindHints[kind];
    return { value: kind, label: kindName(kind, language), hint: hint && t(hint) };
  });
  return (
    <>
      <RadioGroup
        name="kind"
        label={t('imports.kindField')}
        options={options}
        value={state.values['kind'] ?? (kinds.length === 1 ? kinds[0] : undefined)}
        error={errorFor(state.errors, 'kind')}
      />
      {kinds.includes('roster') && (
        <Details
          summary={t('imports.completeField')}
          isOpen={Boolean(state.values['complete'] || state.values['office'])}
        >
          <Checkbox
            name="complete"
            label={t('imports.completeField')}
            hint={t('imports.completeHint')}
            isChecked={state.values['complete'] !== undefined}
          />
          <TextField
            name="office"
            label={t('imports.officeField')}
            hint={t('imports.officeHint')}
            value={state.values['office']}
            error={errorFor(state.errors, 'office')}
            width="medium"
            isOptional
          />
        </Details>
      )}
      <FileField
        name="file"
        label={t('imports.fileField')}
        hint={t('imports.fileHint')}
        accept=".csv,.xlsx"
        error={errorFor(state.errors, 'file')}
      />
    </>
  );
}

function Templates({ kinds }: { kinds: string[] }) {
  const { t, language } = useFrame();
  return (
    <Card title={t('imports.templates')} lead={t('imports.templatesLead')}>
      {kinds.map((kind) => (
        <Details key={kind} summary={kindName(kind, language)}>
          <ColumnsTable kind={kind} />
          <ButtonRow>
            {['csv', 'xlsx'].map((format) => (
              <Button
                key={format}
                variant="secondary"
                icon="download"
                isDownload
                href={`/office/imports/templates/${kind}.${format}`}
              >
                {t('imports.downloadTemplate', {
                  kind: kindName(kind, language),
                  format: format.toUpperCase(),
                })}
              </Button>
            ))}
          </ButtonRow>
        </Details>
      ))}
    </Card>
  );
}

function ColumnsTable({ kind }: { kind: string }) {
  const { t, language } = useFrame();
  const found = findImportKind(kind);
  const columns = found?.columns ?? [];
  const { examples } = found ?? {};
  return (
    <DataTable
      caption={kindName(kind, language)}
      isCaptionHidden
      isCountHidden
      rows={[...columns]}
      rowKey={(column) => column.name}
      columns={[
        {
          key: 'name',
          label: t('imports.columnColumn'),
          isRowHeading: true,
          value: (column) => headingOf(column, language),
        },
        {
          key: 'alias',
          label: t('imports.columnAlias'),
          value: (column) => otherHeadings(column, language),
        },
        ...(examples
          ? [
              {
                key: 'example',
                label: t('imports.columnExample'),
                value: (column: ColumnSpec) => examples[column.name]?.[language] ?? '',
              },
            ]
          : []),
        {
          key: 'need',
          label: t('imports.columnNeed'),
          value: (column) => {
            if (!column.required) return '';
            return t(column.required === true ? 'imports.columnNeeded' : 'imports.columnOneOf');
          },
        },
      ]}
    />
  );
}

function otherHeadings(column: ColumnSpec, language: Language): string {
  const own = headingOf(column, language);
  return [column.name, ...(column.aliases ?? [])]
    .filter((name) => name !== own)
    .slice(0, 3)
    .join(', ');
}
