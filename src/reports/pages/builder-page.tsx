import { pick } from '../../kernel/i18n.ts';
import { type OfficeRow, officeName } from '../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  controlProps,
  DateField,
  ErrorSummary,
  errorFor,
  Field,
  type FieldError,
  Form,
  HiddenFields,
  PageHeading,
  SelectField,
  Tabs,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import type { Definition } from '../definition.ts';
import { formats, longestName, subjectIds } from '../definition.ts';
import type { Preview } from '../preview-report.ts';
import type { UnknownWord } from '../resolve-report.ts';
import { subjects } from '../stores/subjects.ts';
import { key, reportName, subjectText } from '../words.ts';
import { Filters } from './filter-fields.tsx';
import { PreviewCard } from './preview-card.tsx';
import { builderHref, home } from './query.ts';
import { ShapeFields } from './shape-fields.tsx';

export type BuilderProps = {
  definition: Definition;
  /** What was typed for days and the name, be it right or wrong. */
  typed?: { asOf?: string | undefined; from?: string | undefined; name?: string | undefined };
  /** Of a saved report that is being changed. */
  saved?: { reportId: string; name: string } | undefined;
  preview?: Preview | undefined;
  errors: FieldError[];
  unknown: readonly UnknownWord[];
  offices: OfficeRow[];
  /** Orders in force, by number. */
  orders: { number: string; title: string }[];
  /** May have lists of people of some office. */
  mayList: boolean;
  today: string;
};

/** Everything is chosen in one form whose address says it all; beneath stands what it gives. */
export function BuilderPage(props: BuilderProps) {
  const { t, language } = useFrame();
  const { definition, preview, errors, saved } = props;
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={saved ? saved.name : t('reports.newTitle')} lead={t('reports.newLead')} />
      <Tabs
        label={t('reports.subject')}
        tabs={subjectIds.map((id) => ({
          label: subjectText(id, language),
          href: `${home}/new?subject=${id}&office=${encodeURIComponent(definition.office)}`,
          isActive: id === definition.subject,
        }))}
      />
      {preview ? <Taking {...props} preview={preview} /> : null}
      <Choices {...props} />
    </>
  );
}

function Choices(props: BuilderProps) {
  const { t, language } = useFrame();
  const { definition, errors, offices, orders, today, saved, typed } = props;
  const subject = subjects[definition.subject];
  const mayList = props.mayList || !subject.isAboutPersons;
  const office = {
    name: 'office',
    label: t('reports.office'),
    hint: t('reports.officeHint'),
    error: errorFor(errors, 'office'),
  };
  return (
    <Card title={t('reports.chooseTitle')} lead={pick(subject.lead, language)} id="choose">
      <Form action={`${home}/new`} method="get" label={t('reports.chooseTitle')}>
        <HiddenFields values={{ subject: definition.subject, id: saved?.reportId, show: '1' }} />
        <Field {...office}>
          <input
            {...controlProps(office)}
            type="text"
            class="medium"
            list="report-offices"
            value={definition.office}
          />
        </Field>
        <datalist id="report-offices">
          {offices.map((one) => (
            <option key={one.code} value={one.code} label={officeName(one, language)} />
          ))}
        </datalist>
        {subject.id === 'orders' ? (
          <SelectField
            name="order"
            label={t('reports.order')}
            value={definition.order}
            emptyLabel
            error={errorFor(errors, 'order')}
            options={orders.map(({ number, title }) => ({ value: number, label: `${number} · ${title}` }))}
          />
        ) : null}
        <DateField
          name="asOf"
          label={t('reports.asOfField')}
          hint={t('reports.asOfHint')}
          value={typed?.asOf && errorFor(errors, 'asOf') ? typed.asOf : definition.asOf}
          max={today}
          isOptional
          error={errorFor(errors, 'asOf')}
        />
        {subject.hasPeriod ? (
          <DateField
            name="from"
            label={t('reports.from')}
            value={typed?.from && errorFor(errors, 'from') ? typed.from : definition.from}
            isOptional
            error={errorFor(errors, 'from')}
          />
        ) : null}
        <ShapeFields {...props} mayList={mayList} />
        <Filters {...props} />
        <ButtonRow>
          <Button icon="search">{t('reports.show')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}

/** What can be done with what is shown: take it, keep it, have it made. */
function Taking({ preview, definition, saved, typed, errors }: BuilderProps & { preview: Preview }) {
  const { t, language } = useFrame();
  const asked = JSON.stringify(definition);
  return (
    <>
      <p>
        <a href="#take">{t('reports.takeTitle')}</a> ·{' '}
        <a href="#keep">{t(saved ? 'reports.saveChange' : 'reports.save')}</a> ·{' '}
        <a href="#choose">{t('reports.changeChoice')}</a>
      </p>
      <PreviewCard preview={preview} />
      <Card title={t('reports.takeTitle')} lead={t('reports.takeLead')} id="take">
        <ButtonRow>
          <Button
            href={builderHref(definition, {}, `${home}/rows.csv`)}
            variant="secondary"
            icon="download"
            isDownload
          >
            {t('reports.takeCsv')}
          </Button>
        </ButtonRow>
        <Form action={`${home}/files`} label={t('reports.makeFile')}>
          <HiddenFields values={{ definition: asked, name: saved?.name }} />
          <FormatChoice error={errorFor(errors, 'format')} />
          <Button variant="secondary">{t('reports.makeFile')}</Button>
        </Form>
      </Card>
      <Card title={t(saved ? 'reports.saveChange' : 'reports.save')} lead={t('reports.saveLead')} id="keep">
        <Form action={saved ? `${home}/${saved.reportId}/definition` : home} label={t('reports.save')}>
          <HiddenFields values={{ definition: asked }} />
          <TextField
            name="name"
            label={t('reports.name')}
            hint={t('reports.nameHint')}
            value={typed?.name ?? saved?.name ?? reportName(preview.report, language)}
            maxLength={longestName}
            error={errorFor(errors, 'name')}
          />
          <Button>{t(saved ? 'reports.saveChange' : 'reports.save')}</Button>
        </Form>
      </Card>
    </>
  );
}

export function FormatChoice({
  value = 'xlsx',
  id = 'format',
  error,
}: {
  value?: string;
  id?: string;
  error?: string | undefined;
}) {
  const { t } = useFrame();
  return (
    <SelectField
      name="format"
      id={id}
      error={error}
      label={t('reports.format')}
      value={value}
      options={formats.map((format) => ({ value: format, label: t(key(`format_${format}`)) }))}
    />
  );
}
