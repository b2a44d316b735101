import { formatDay, indiaDay } from '../../kernel/dates.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  errorFor,
  type FieldError,
  Form,
  FormPage,
  KeyValue,
  Notice,
  PageHeading,
  SelectField,
  SummaryList,
  TextArea,
  useFrame,
} from '../../shell/index.ts';
import { contentOf, stateOf } from '../answers.ts';
import type { ShownObjection } from '../objections/read-objection.ts';
import { replacedBy } from '../render-statement.ts';
import type { Preview } from '../statements/preview.ts';
import { type Statement, visibilities } from '../stores/statements.ts';
import { OwnPromotion } from './promotion.tsx';
import { StatementView, StateTag } from './statement-view.tsx';

/** The year that runs, as it would be frozen today, and the statements of the years before. */
export function OwnPage({
  preview,
  statements,
  promotion,
}: {
  preview: Preview;
  statements: Statement[];
  promotion: Parameters<typeof OwnPromotion>[0]['lines'];
}) {
  const { t, language } = useFrame();
  const { content, calendar, progress } = preview;
  const day = (text: string) => formatDay(text, language);
  return (
    <>
      <PageHeading title={t('appraisal.ownTitle')} lead={t('appraisal.ownLead')} />
      {statements.map((one) => (
        <Card key={one.statementNo} title={one.year} aside={<StateTag state={stateOf(one)} />}>
          <KeyValue
            items={[
              { label: t('appraisal.number'), value: one.statementNo },
              ...(one.servedOn ? [{ label: t('appraisal.servedOnOwn'), value: day(one.servedOn) }] : []),
              ...(one.objectionUntil
                ? [{ label: t('appraisal.objectionUntil'), value: day(one.objectionUntil) }]
                : []),
            ]}
          />
          <ButtonRow>
            <Button href={`/statement/${one.statementNo}`} variant="secondary">
              {t('appraisal.open')}
            </Button>
            <Button href={`/statements/${one.statementNo}/pdf`} variant="quiet" icon="download">
              {t('appraisal.pdf')}
            </Button>
          </ButtonRow>
        </Card>
      ))}
      <Notice title={t('appraisal.previewTitle', { year: content.year })}>
        <p>
          {t('appraisal.previewText', { freezeOn: day(calendar.freezeOn), cutOff: day(calendar.cutOff) })}
        </p>
        {calendar.orderNumber ? null : <p>{t('appraisal.defaultDays')}</p>}
        <p>
          <a href={`/statement/preview.pdf?year=${content.year}`}>{t('appraisal.previewPdf')}</a>
        </p>
      </Notice>
      <StatementView content={content} progress={progress} />
      <OwnPromotion lines={promotion} />
    </>
  );
}

export type StatementPageProps = {
  statement: Statement;
  objections: ShownObjection[];
  isOwn: boolean;
  mayHelp: boolean;
  isOpenForObjection: boolean;
  state: { values: Record<string, string>; errors: FieldError[] };
};

/** One frozen statement: what it says, objections to it, what the public check shows. */
export function StatementPage(props: StatementPageProps) {
  const { t, language } = useFrame();
  const { statement, objections, isOwn } = props;
  const content = contentOf(statement);
  const state = stateOf(statement);
  return (
    <>
      <ErrorSummary errors={props.state.errors} />
      <PageHeading
        title={t('appraisal.statementOf', { year: statement.year })}
        lead={`${statement.statementNo} · ${t(`appraisal.state_${state}`)}`}
      />
      {state === 'disputed' ? <Notice tone="needs-you" title={t('appraisal.markLine_disputed')} /> : null}
      {statement.replacedByNo ? (
        <Notice tone="needs-you" title={t('appraisal.markLine_replaced', { number: statement.replacedByNo })}>
          <p>
            <a href={`/statement/${statement.replacedByNo}`}>{t('appraisal.openNew')}</a>
          </p>
        </Notice>
      ) : null}
      {content.replaces ? (
        <Notice title={t('appraisal.printReplaces', replacedBy(content.replaces))}>
          <p>
            <a href={`/statement/${content.replaces.number}`}>{t('appraisal.openOld')}</a>
          </p>
        </Notice>
      ) : null}
      <ButtonRow>
        <Button href={`/statements/${statement.statementNo}/pdf`} variant="secondary" icon="download">
          {t('appraisal.pdf')}
        </Button>
        <Button href={`/statements/${statement.statementNo}`} variant="quiet">
          {t('appraisal.publicCheck')}
        </Button>
      </ButtonRow>
      <StatementView content={content} />
      {objections.length > 0 ? (
        <Card title={t('appraisal.objections')}>
          {objections.map((one) => (
            <ObjectionFacts key={one.objectionId} objection={one} />
          ))}
          {isOwn && state === 'disputed' ? (
            <ButtonRow>
              <Button variant="quiet" href={`/statement/${statement.statementNo}/objection-withdrawal`}>
                {t('appraisal.withdrawObjection')}
              </Button>
            </ButtonRow>
          ) : null}
        </Card>
      ) : null}
      {props.isOpenForObjection && (isOwn || props.mayHelp) ? <ObjectionForm {...props} /> : null}
      {statement.objectionUntil && state === 'frozen' && !props.isOpenForObjection ? (
        <p class="soft">
          {t('appraisal.objectionOver', { day: formatDay(statement.objectionUntil, language) })}
        </p>
      ) : null}
      {isOwn ? <VisibilityForm statement={statement} /> : null}
    </>
  );
}

/** Asked before: whether there is time for another one is said with it. */
export function WithdrawPage({ statement }: { statement: Statement }) {
  const { t, language } = useFrame();
  const { statementNo, objectionUntil } = statement;
  return (
    <FormPage
      title={t('appraisal.withdrawTitle')}
      lead={t('appraisal.withdrawLead', { number: statementNo })}
      action={`/statement/${statementNo}/objection-withdrawal`}
      submit={t('appraisal.withdrawObjection')}
      cancelHref={`/statement/${statementNo}`}
      state={{ errors: [] }}
    >
      <p>
        {objectionUntil
          ? t('appraisal.withdrawUntil', { day: formatDay(objectionUntil, language) })
          : t('appraisal.withdrawBefore')}
      </p>
    </FormPage>
  );
}

export function ObjectionFacts({ objection }: { objection: ShownObjection }) {
  const { t, language } = useFrame();
  const helper = language === 'hi' ? objection.helperHi : objection.helperEn;
  return (
    <SummaryList
      rows={[
        { label: t('appraisal.objectionText'), value: objection.body ?? t('appraisal.objectionClosed') },
        {
          label: t('appraisal.raisedOn'),
          value: formatDay(indiaDay(objection.raisedAt), language),
        },
        ...(objection.isByHelper
          ? [{ label: t('appraisal.raisedByHelper'), value: helper ?? objection.helperHi ?? '–' }]
          : []),
        { label: t('appraisal.objectionState'), value: t(`appraisal.objection_${objection.state}`) },
        ...(objection.decision ? [{ label: t('appraisal.decision'), value: objection.decision }] : []),
        ...(objection.orderNumber
          ? [{ label: t('appraisal.orderNumber'), value: objection.orderNumber }]
          : []),
        ...(objection.correctedNo
          ? [
              {
                label: t('appraisal.correctedNo'),
                value: <a href={`/statement/${objection.correctedNo}`}>{objection.correctedNo}</a>,
              },
            ]
          : []),
      ]}
    />
  );
}

function ObjectionForm({ statement, isOwn, state }: StatementPageProps) {
  const { t, language } = useFrame();
  const until = statement.objectionUntil;
  return (
    <Card
      title={t(isOwn ? 'appraisal.objectTitle' : 'appraisal.objectForTitle')}
      lead={
        until
          ? t('appraisal.objectLead', { day: formatDay(until, language) })
          : t('appraisal.objectLeadBefore')
      }
      id="objection"
    >
      <Form action={`/statement/${statement.statementNo}/objections`}>
        <TextArea
          name="body"
          label={t('appraisal.objectField')}
          hint={t(isOwn ? 'appraisal.objectHint' : 'appraisal.objectForHint')}
          value={state.values['body']}
          error={errorFor(state.errors, 'body')}
          maxLength={4000}
        />
        <Button>{t('appraisal.objectButton')}</Button>
      </Form>
    </Card>
  );
}

function VisibilityForm({ statement }: { statement: Statement }) {
  const { t } = useFrame();
  return (
    <Card title={t('appraisal.visibilityTitle')} lead={t('appraisal.visibilityLead')}>
      <Form action={`/statement/${statement.statementNo}/visibility`}>
        <SelectField
          name="visibility"
          label={t('appraisal.visibilityField')}
          value={statement.visibility}
          options={visibilities.map((value) => ({ value, label: t(`appraisal.visibility_${value}`) }))}
        />
        <Button variant="secondary">{t('appraisal.save')}</Button>
      </Form>
    </Card>
  );
}
