import { pick } from '../../kernel/i18n.ts';
import { type OfficeRow, officeName } from '../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  CheckboxGroup,
  controlProps,
  DateField,
  Details,
  ErrorSummary,
  errorFor,
  Field,
  type FieldError,
  Form,
  HiddenFields,
  PageHeading,
  RadioGroup,
  SelectField,
  Tabs,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import type { Definition } from '../definition.ts';
import { formats, longestName, subjectIds } from '../definition.ts';
import type { Preview } from '../preview-report.ts';
import { groupDimensions, isFilter } from '../resolve-report.ts';
import type { Dimension } from '../stores/subject.ts';
import { subjects } from '../stores/subjects.ts';
import { key, reportName, subjectText } from '../words.ts';
import { PreviewCard } from './preview-card.tsx';
import { builderHref, columnChoices, home } from './query.ts';

export type BuilderProps = {
  definition: Definition;
  /** What was typed for days and the name, be it right or wrong. */
  typed?: { asOf?: string | undefined; from?: string | undefined; name?: string | undefined };
  /** Of a saved report that is being changed. */
  saved?: { reportId: string; name: string } | undefined;
  preview?: Preview | undefined;
  errors: FieldError[];
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
  const isList = (definition.columns?.length ?? 0) > 0;
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
        {mayList ? (
          <RadioGroup
            name="shape"
            label={t('reports.shape')}
            value={isList ? 'list' : 'figures'}
            options={[
              {
                value: 'figures',
                label: t('reports.shapeFiguresChoice'),
                hint: t('reports.shapeFiguresHint'),
              },
              { value: 'list', label: t('reports.shapeListChoice'), hint: t('reports.shapeListHint') },
            ]}
          />
        ) : (
          <p class="soft">{t('reports.noNames')}</p>
        )}
        <Figures {...props} />
        {mayList ? (
          <Details summary={t('reports.columnsSummary')} isOpen={isList}>
            <CheckboxGroup
              name="c"
              id="columns"
              label={t('reports.columns')}
              error={errorFor(errors, 'columns')}
              values={definition.columns ?? usualColumns[definition.subject]}
              options={columnChoices(definition.subject).map(({ id, name }) => ({
                value: id,
                label: pick(name, language),
              }))}
            />
          </Details>
        ) : null}
        <Filters {...props} />
        <ButtonRow>
          <Button icon="search">{t('reports.show')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}

const usualColumns: Record<Definition['subject'], string[]> = {
  people: ['code', 'nameHi', 'office', 'designation', 'completions'],
  completions: ['code', 'nameHi', 'office', 'course', 'completedOn'],
  orders: ['code', 'nameHi', 'office', 'status', 'dueOn'],
  courses: ['code', 'titleHi', 'provider', 'completions'],
  attendance: ['code', 'nameHi', 'office', 'programme', 'heldOn', 'minutes'],
};

function Figures({ definition, errors }: BuilderProps) {
  const { t, language } = useFrame();
  const subject = subjects[definition.subject];
  const dimensions = groupDimensions(subject).map(({ id, name }) => ({
    value: id,
    label: pick(name, language),
  }));
  const error = errorFor(errors, 'measures');
  // Beside "choose one" stands what was chosen: none, and not the usual three.
  const usual = error && definition.measures ? [] : subject.measures.slice(0, 3).map(({ id }) => id);
  return (
    <>
      <SelectField
        name="g1"
        id="groups"
        label={t('reports.group1')}
        value={definition.groups?.[0] ?? dimensions[0]?.value}
        options={dimensions}
        error={errorFor(errors, 'groups')}
      />
      <SelectField
        name="g2"
        label={t('reports.group2')}
        value={definition.groups?.[1]}
        options={dimensions}
        emptyLabel={t('reports.noGroup2')}
        isOptional
      />
      <CheckboxGroup
        name="m"
        id="measures"
        label={t('reports.measures')}
        error={error}
        values={definition.measures?.length ? definition.measures : usual}
        options={subject.measures.map(({ id, name }) => ({ value: id, label: pick(name, language) }))}
      />
    </>
  );
}

function Filters({ definition, errors }: BuilderProps) {
  const { t } = useFrame();
  const filters = subjects[definition.subject].dimensions.filter(isFilter);
  if (filters.length === 0) return null;
  const isOpen = Object.keys(definition.filters ?? {}).length > 0;
  return (
    <Details
      summary={t('reports.filtersSummary')}
      isOpen={isOpen || errors.some(({ field }) => field.startsWith('filters'))}
    >
      {filters.map((dimension) => (
        <FilterField
          key={dimension.id}
          dimension={dimension}
          values={definition.filters?.[dimension.id] ?? []}
          error={errorFor(errors, `filters.${dimension.id}`)}
        />
      ))}
    </Details>
  );
}

type FilterProps = { dimension: Dimension; values: string[]; error: string | undefined };

function FilterField({ dimension, values, error }: FilterProps) {
  const { t, language } = useFrame();
  const { id, words, hasOtherKeys } = dimension;
  const field = { name: `f_${id}`, id: `filters.${id}`, label: pick(dimension.name, language), error };
  if (!words || hasOtherKeys)
    return <TextField {...field} hint={t(hintOf(dimension))} value={values.join('; ')} isOptional />;
  const options = Object.entries(words).map(([value, text]) => ({ value, label: pick(text, language) }));
  return <CheckboxGroup {...field} values={values} options={options} isInline />;
}

function hintOf({ said, hasCode }: Dimension) {
  if (!said) return 'reports.valuesHint' as const;
  return hasCode ? ('reports.codesHint' as const) : ('reports.namesHint' as const);
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
