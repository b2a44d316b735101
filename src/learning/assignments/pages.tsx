import type { CourseRow, FoundCourse } from '../../catalogue/index.ts';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import {
  BandsBar,
  Button,
  ButtonRow,
  Card,
  ConfirmPanel,
  CourseCard,
  CourseList,
  DataTable,
  DateField,
  EmptyState,
  ErrorSummary,
  errorFor,
  FilterBar,
  Form,
  HiddenFields,
  PageHeading,
  Pagination,
  RadioGroup,
  SelectField,
  SummaryList,
  Tabs,
  TextArea,
  TextField,
} from '../../shell/index.ts';
import { courseHref, type Say, titleOf } from '../pages/words.ts';
import type { PersonState, PostChoice, ReachedPerson } from './store.ts';
import type { ListedAssignment } from './views.ts';
import { groupName, postText } from './words.ts';

export const listHref = '/office/assignments';
const oneHref = (id: string) => `${listHref}/${id}`;

type ListProps = { items: ListedAssignment[]; next: string | null; state: 'live' | 'withdrawn'; say: Say };

export function AssignmentsPage({ items, next, state, say }: ListProps) {
  const { t, language } = say;
  return (
    <>
      <PageHeading
        title={t('learning.assignments')}
        lead={t('learning.assignmentsLead')}
        actions={<Button href={`${listHref}/new`}>{t('learning.assignNew')}</Button>}
      />
      <Tabs
        label={t('learning.assignments')}
        tabs={[
          { label: t('learning.assignmentsLive'), href: listHref, isActive: state === 'live' },
          {
            label: t('learning.assignmentsWithdrawn'),
            href: `${listHref}?state=withdrawn`,
            isActive: state === 'withdrawn',
          },
        ]}
      />
      <DataTable
        caption={t('learning.assignments')}
        isCaptionHidden
        isCountHidden
        rows={items}
        rowKey={(row) => row.assignmentId}
        empty={
          <EmptyState title={t('learning.assignmentsNone')} icon="course">
            {t('learning.assignmentsNoneAdvice')}
          </EmptyState>
        }
        nextHref={next ? `${listHref}?state=${state}&after=${next}` : undefined}
        columns={[
          {
            key: 'course',
            label: t('learning.assignCourse'),
            kind: 'link',
            isRowHeading: true,
            value: (row) => titleOf(row, language).title,
            href: (row) => oneHref(row.assignmentId),
          },
          { key: 'whom', label: t('learning.assignWhom'), value: (row) => whomText(row, say) },
          { key: 'asked', label: t('learning.assignAsked'), kind: 'number', value: (row) => row.asked },
          { key: 'done', label: t('learning.assignDone'), kind: 'number', value: (row) => row.done },
          { key: 'wish', label: t('learning.assignWishDay'), kind: 'date', value: (row) => row.wishDay },
        ]}
      />
    </>
  );
}

function whomText(row: ListedAssignment, say: Say): string {
  const office = pick({ hi: row.officeHi, en: row.officeEn }, say.language);
  const whom =
    row.target === 'persons'
      ? say.t('learning.assignNamed')
      : postText(row, say) || say.t('learning.assignAll');
  return `${whom}, ${office}`;
}

type ChooseProps = { q: string; courses: FoundCourse[]; office?: string; say: Say };

/** First step: which course. */
export function ChooseCoursePage({ q, courses, office, say }: ChooseProps) {
  const { t, language } = say;
  const hrefFor = (code: string) =>
    `${listHref}/new?${new URLSearchParams({ course: code, ...(office ? { office } : {}) })}`;
  return (
    <>
      <PageHeading title={t('learning.assignNew')} lead={t('learning.assignChoose')} />
      <FilterBar action={`${listHref}/new`} submitLabel={t('common.search')} hidden={{ office }}>
        <TextField name="q" label={t('learning.assignCourse')} type="search" value={q} maxLength={200} />
      </FilterBar>
      {courses.length === 0 ? (
        <EmptyState title={t('catalogue.nothing')} icon="search">
          {t('catalogue.nothingAdvice')}
        </EmptyState>
      ) : (
        <Card>
          <CourseList>
            {courses.map((course) => (
              <CourseCard
                headingLevel={2}
                key={course.code}
                {...titleOf(course, language)}
                titleLanguage={titleOf(course, language).titleLanguage}
                href={hrefFor(course.code)}
                minutes={course.durationMinutes ?? undefined}
              />
            ))}
          </CourseList>
        </Card>
      )}
    </>
  );
}

type NewProps = {
  course: CourseRow;
  office: OfficeRow;
  offices: OfficeRow[];
  designations: PostChoice[];
  cadres: PostChoice[];
  state: FormState;
  today: string;
  say: Say;
};

/** Second step: of whom, until when and why. */
export function NewAssignmentPage({ course, office, offices, state, say, ...more }: NewProps) {
  const { t, language } = say;
  const { values, errors } = state;
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading
        title={t('learning.assignNew')}
        lead={titleOf(course, language).title}
        actions={
          <Button href={`${listHref}/new?office=${encodeURIComponent(office.code)}`} variant="quiet">
            {t('learning.assignOtherCourse')}
          </Button>
        }
      />
      {offices.length > 1 ? (
        <FilterBar
          action={`${listHref}/new`}
          hidden={{ course: course.code }}
          submitLabel={t('learning.assignOtherOffice')}
        >
          <SelectField
            name="office"
            label={t('learning.assignOffice')}
            value={office.code}
            options={offices.map((one) => ({
              value: one.code,
              label: pick({ hi: one.nameHi, en: one.nameEn }, language),
            }))}
          />
        </FilterBar>
      ) : null}
      <Card title={pick({ hi: office.nameHi, en: office.nameEn }, language)} lead={t('learning.assignReach')}>
        <Form action={listHref}>
          <HiddenFields values={{ courseCode: course.code, officeCode: office.code }} />
          <RadioGroup
            name="target"
            label={t('learning.assignWhom')}
            value={values['target'] ?? 'posts'}
            error={errorFor(errors, 'target')}
            options={[
              { value: 'posts', label: t('learning.assignByPost'), hint: t('learning.assignByPostHint') },
              { value: 'persons', label: t('learning.assignByName'), hint: t('learning.assignByNameHint') },
            ]}
          />
          <PostFields {...more} state={state} say={say} />
          <TextArea
            name="personCodes"
            label={t('learning.assignCodes')}
            hint={t('learning.assignCodesHint')}
            value={values['personCodes']}
            error={errorFor(errors, 'personCodes')}
            rows={3}
            isOptional
          />
          <DateField
            name="wishDay"
            label={t('learning.assignWishDay')}
            value={values['wishDay']}
            min={more.today}
            error={errorFor(errors, 'wishDay')}
            isOptional
          />
          <TextField
            name="reason"
            label={t('learning.assignReason')}
            hint={t('learning.assignReasonHint')}
            value={values['reason']}
            maxLength={200}
            width="full"
            error={errorFor(errors, 'reason')}
            isOptional
          />
          <ButtonRow>
            <Button>{t('learning.assignSubmit')}</Button>
            <Button variant="quiet" href={listHref}>
              {t('common.cancel')}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
    </>
  );
}

function PostFields({
  designations,
  cadres,
  state,
  say,
}: Pick<NewProps, 'designations' | 'cadres' | 'state' | 'say'>) {
  const { t, language } = say;
  const { values, errors } = state;
  const options = (choices: PostChoice[]) =>
    choices.map(({ id, name, nameEn, count }) => ({
      value: id,
      label: `${pick({ hi: name, en: nameEn }, language)} (${count})`,
    }));
  return (
    <>
      <SelectField
        name="designationId"
        label={t('learning.assignDesignation')}
        value={values['designationId'] ?? ''}
        emptyLabel={t('learning.assignEvery')}
        error={errorFor(errors, 'designationId')}
        options={options(designations)}
      />
      {cadres.length > 0 ? (
        <SelectField
          name="cadreId"
          label={t('learning.assignCadre')}
          value={values['cadreId'] ?? ''}
          emptyLabel={t('learning.assignEvery')}
          error={errorFor(errors, 'cadreId')}
          options={options(cadres)}
        />
      ) : null}
      <SelectField
        name="serviceGroup"
        label={t('learning.assignServiceGroup')}
        value={values['serviceGroup'] ?? ''}
        emptyLabel={t('learning.assignEvery')}
        options={['A', 'B', 'C', 'D'].map((group) => ({
          value: group,
          label: t('learning.assignGroup', { group: groupName(group, language) }),
        }))}
      />
    </>
  );
}

type OneProps = {
  row: ListedAssignment;
  persons: ReachedPerson[];
  next: number | null;
  state: PersonState;
  say: Say;
};

/** Who is asked today, and who has done it. */
export function AssignmentPage({ row, persons, next, state, say }: OneProps) {
  const { t, language } = say;
  const here = oneHref(row.assignmentId);
  const open = row.asked - row.done;
  const tabs = [
    { label: t('learning.assignEverybody'), href: here, isActive: state === 'all', count: row.asked },
    { label: t('learning.assignOpen'), href: `${here}?state=open`, isActive: state === 'open', count: open },
    {
      label: t('learning.assignDone'),
      href: `${here}?state=done`,
      isActive: state === 'done',
      count: row.done,
    },
  ];
  return (
    <>
      <PageHeading
        title={titleOf(row, language).title}
        lead={row.withdrawnAt ? t('learning.assignIsWithdrawn') : t('learning.assignLive')}
        actions={
          row.withdrawnAt ? null : (
            <Button href={`${here}/withdrawal`} variant="secondary">
              {t('learning.assignWithdraw')}
            </Button>
          )
        }
      />
      <Facts row={row} say={say} />
      <BandsBar
        label={t('learning.assignProgress')}
        bands={[
          { label: t('learning.assignDone'), value: row.done, tone: 'done' },
          { label: t('learning.assignBegun'), value: row.begun, tone: 'open' },
          { label: t('learning.assignNotBegun'), value: open - row.begun, tone: 'exempt' },
        ]}
        totalLabel={t('learning.assignAsked')}
      />
      <Tabs label={t('learning.assignProgress')} tabs={tabs} />
      <Persons persons={persons} say={say} />
      {next ? <Pagination nextHref={`${here}?state=${state}&from=${next}`} /> : null}
    </>
  );
}

function Facts({ row, say }: { row: ListedAssignment; say: Say }) {
  const { t, language } = say;
  const by = pick({ hi: row.madeByHi ?? '', en: row.madeByEn ?? '' }, language);
  const rows = [
    { label: t('learning.assignWhom'), value: whomText(row, say) },
    {
      label: t('learning.assignMade'),
      value: [formatDay(indiaDay(row.madeAt), language), by].filter(Boolean).join(' · '),
    },
    row.wishDay ? { label: t('learning.assignWishDay'), value: formatDay(row.wishDay, language) } : undefined,
    row.reason ? { label: t('learning.assignReason'), value: row.reason } : undefined,
    { label: t('learning.assignCourse'), value: <a href={courseHref(row.courseCode)}>{row.courseCode}</a> },
  ];
  return (
    <Card>
      <SummaryList rows={rows.filter((one) => one !== undefined)} />
    </Card>
  );
}

function Persons({ persons, say }: { persons: ReachedPerson[]; say: Say }) {
  const { t, language } = say;
  return (
    <DataTable
      caption={t('learning.assignEverybody')}
      isCaptionHidden
      isCountHidden
      rows={persons}
      rowKey={(one) => one.personId}
      columns={[
        {
          key: 'name',
          label: t('learning.assignName'),
          kind: 'link',
          isRowHeading: true,
          value: (one) => pick({ hi: one.nameHi ?? '', en: one.nameEn ?? '' }, language),
          href: (one) => `/office/persons/${one.personId}`,
        },
        { key: 'code', label: t('learning.assignCode'), value: (one) => one.code },
        {
          key: 'state',
          label: t('learning.assignState'),
          value: (one) =>
            one.completedDay
              ? t('learning.assignDoneOn', { day: formatDay(one.completedDay, language) })
              : t(one.enrolledDay ? 'learning.assignBegun' : 'learning.assignNotBegun'),
        },
      ]}
    />
  );
}

export function WithdrawAssignmentPage({ row, say }: { row: ListedAssignment; say: Say }) {
  const { t, language } = say;
  return (
    <>
      <PageHeading title={t('learning.assignWithdraw')} lead={titleOf(row, language).title} />
      <ConfirmPanel
        title={t('learning.assignWithdrawWhat')}
        consequences={[t('learning.assignWithdrawHomes'), t('learning.assignWithdrawKeeps')]}
        action={`${oneHref(row.assignmentId)}/withdrawal`}
        confirmLabel={t('learning.assignWithdraw')}
        cancelHref={oneHref(row.assignmentId)}
      />
    </>
  );
}
