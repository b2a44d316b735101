import { formatDay } from '../../kernel/dates.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import {
  Button,
  Card,
  DataTable,
  DateField,
  Details,
  ErrorSummary,
  errorFor,
  Form,
  Notice,
  PageHeading,
  SelectField,
  SummaryList,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import type { Step } from '../calendars/calendar.ts';
import type { Template } from '../calendars/reference.ts';
import { noOrderDoubt } from '../calendars/save-calendar.ts';
import type { ListedCalendar } from '../stores/calendars.ts';
import { groupText } from '../words.ts';
import { calendarName, noteText, sourceText, stepName } from './calendar-words.ts';
import { deskAddress, officeLabel } from './office.tsx';

type Props = {
  calendars: ListedCalendar[];
  known: Template[];
  mayKeep: boolean;
  state: { values: Record<string, string>; errors: { field: string; text: string }[] };
};

/** Calendars that hold, with their orders; below them what is publicly known, with its sources and doubts. */
export function CalendarsPage({ calendars, known, mayKeep, state }: Props) {
  const { t, language } = useFrame();
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('appraisal.calendars')} lead={t('appraisal.calendarsLead')} />
      {calendars.length === 0 ? (
        <Notice title={t('appraisal.calendarsNone')}>
          <p>{t('appraisal.defaultDays')}</p>
        </Notice>
      ) : null}
      {calendars.map((one) => (
        <CalendarCard key={one.calendarId} calendar={one} all={calendars} />
      ))}
      {mayKeep ? <CalendarForm calendars={calendars} known={known} state={state} /> : null}
      <Details summary={t('appraisal.knownTitle')}>
        <p>{t('appraisal.knownLead')}</p>
        {known.map((one) => (
          <Card key={one.code} title={calendarName(one.code, language)} headingLevel={3}>
            <Steps
              steps={one.steps.map(({ step, by, note, isOld }) => ({
                step,
                by: null,
                note: [by, note, isOld ? t('appraisal.fromOldOrder') : null].filter(Boolean).join(', '),
              }))}
            />
            <Sources sources={one.sources} />
          </Card>
        ))}
      </Details>
    </>
  );
}

function CalendarCard({ calendar, all }: { calendar: ListedCalendar; all: ListedCalendar[] }) {
  const { t, language } = useFrame();
  const day = (text: string) => formatDay(text, language);
  const extended = all.find(({ calendarId }) => calendarId === calendar.extendsCalendarId);
  const groups = calendar.groups?.map((group) => groupText(group, language)).join(', ');
  return (
    <Card
      title={`${calendar.year} · ${calendarName(calendar.code, language)} · ${officeLabel(calendar, language)}`}
    >
      {calendar.doubts.includes(noOrderDoubt) ? <p>{t('appraisal.calendarDoubt')}</p> : null}
      <SummaryList
        rows={[
          { label: t('appraisal.calendarOrder'), value: calendar.orderNumber ?? t('appraisal.noOrder') },
          ...(extended
            ? [
                {
                  label: t('appraisal.extends'),
                  value: extended.orderNumber ?? calendarName(extended.code, language),
                },
              ]
            : []),
          { label: t('appraisal.group'), value: groups ?? t('appraisal.allGroups') },
          { label: t('appraisal.cutOff'), value: day(calendar.cutOff) },
          { label: t('appraisal.freezeOn'), value: day(calendar.freezeOn) },
          { label: t('appraisal.serviceOn'), value: day(calendar.serviceOn) },
          { label: t('appraisal.objectionDays'), value: String(calendar.objectionDays) },
          ...(calendar.movedCount > 0
            ? [{ label: t('appraisal.movedCount'), value: formatNumber(calendar.movedCount, language) }]
            : []),
        ]}
      />
      {calendar.steps.length > 0 ? (
        <Details summary={t('appraisal.steps')}>
          <Steps steps={calendar.steps} />
          <Sources sources={calendar.sources} />
        </Details>
      ) : null}
    </Card>
  );
}

function Steps({ steps }: { steps: Step[] }) {
  const { t, language } = useFrame();
  return (
    <DataTable
      caption={t('appraisal.steps')}
      isCaptionHidden
      isCountHidden
      rows={steps}
      rowKey={(step) => step.step}
      columns={[
        {
          key: 'step',
          label: t('appraisal.step'),
          isRowHeading: true,
          value: (step) => stepName(step.step, language),
        },
        {
          key: 'by',
          label: t('appraisal.until'),
          value: (step) =>
            [step.by && formatDay(step.by, language), step.note && noteText(step.note, language)]
              .filter(Boolean)
              .join(', '),
        },
      ]}
    />
  );
}

function Sources({ sources }: { sources: string[] }) {
  const { t, language } = useFrame();
  return (
    <>
      <p class="soft">{t('appraisal.sources')}</p>
      <ul class="soft">
        {sources.map((source) => (
          <li key={source}>{sourceText(source, language)}</li>
        ))}
      </ul>
    </>
  );
}

const dayFields = ['cutOff', 'freezeOn', 'serviceOn'] as const;

function CalendarForm({ calendars, known, state }: Omit<Props, 'mayKeep'>) {
  const { t, language } = useFrame();
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return (
    <Details summary={t('appraisal.enterTitle')} isOpen={state.errors.length > 0}>
      <p>{t('appraisal.enterLead')}</p>
      <Form action={`${deskAddress}/calendars`}>
        <SelectField
          {...field('code')}
          label={t('appraisal.knownCalendar')}
          emptyLabel
          options={known.map(({ code }) => ({ value: code, label: calendarName(code, language) }))}
        />
        <TextField
          {...field('year')}
          label={t('appraisal.year')}
          hint={t('appraisal.yearHint')}
          width="short"
        />
        <TextField {...field('officeCode')} label={t('appraisal.officeCode')} width="short" />
        <SelectField
          {...field('extendsId')}
          label={t('appraisal.extends')}
          emptyLabel={t('appraisal.extendsNone')}
          options={calendars.map(({ calendarId, year, code, officeCode }) => ({
            value: calendarId ?? '',
            label: `${year} ${calendarName(code, language)} ${officeCode}`,
          }))}
        />
        <TextField {...field('orderNumber')} label={t('appraisal.orderNumber')} isOptional />
        <DateField {...field('orderDate')} label={t('appraisal.orderDate')} isOptional />
        {dayFields.map((name) => (
          <DateField
            key={name}
            {...field(name)}
            label={t(`appraisal.${name}`)}
            hint={name === 'cutOff' ? t('appraisal.cutOffHint') : undefined}
            isOptional
          />
        ))}
        <TextField
          {...field('objectionDays')}
          label={t('appraisal.objectionDays')}
          isOptional
          width="short"
        />
        <Button>{t('appraisal.enterButton')}</Button>
      </Form>
    </Details>
  );
}
