import { formatDay, formatDayTime, indiaDay } from '../../kernel/dates.ts';
import { type MessageKey, pick } from '../../kernel/i18n.ts';
import {
  BandsBar,
  Button,
  Card,
  ConfirmPanel,
  DataTable,
  EmptyState,
  PageHeading,
  Pagination,
  Prose,
  SummaryList,
  Tabs,
} from '../../shell/index.ts';
import { courseHref, type Say, titleOf } from '../pages/words.ts';
import type { PersonState, ReachedPerson } from './store.ts';
import type { ListedAssignment, PersonsFound } from './views.ts';
import { postText } from './words.ts';

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
          {
            key: 'asked',
            label: t('learning.assignAsked'),
            kind: 'number',
            value: (row) => (row.countedAt ? row.asked : null),
          },
          {
            key: 'done',
            label: t('learning.assignDone'),
            kind: 'number',
            value: (row) => (row.countedAt ? row.done : null),
          },
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

type OneProps = { row: ListedAssignment; found: PersonsFound; state: PersonState; say: Say };

/** Who is asked today, and who has done it. */
export function AssignmentPage({ row, found, state, say }: OneProps) {
  const { t, language } = say;
  const here = oneHref(row.assignmentId);
  const open = row.asked - row.done;
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
      <CountedAt row={row} say={say} />
      {found.choose ? (
        <ChooseOffice row={row} found={found} say={say} />
      ) : (
        <PersonList row={row} found={found} state={state} say={say} />
      )}
    </>
  );
}

/** Of very many it is said when they were counted, or that the first count still runs. */
function CountedAt({ row, say: { t, language } }: { row: ListedAssignment; say: Say }) {
  if (row.isCountedNow) return null;
  const { countedAt } = row;
  return (
    <p class="soft">
      {countedAt
        ? t('learning.assignCountedAt', { at: formatDayTime(countedAt, language) })
        : t('learning.assignCounting')}
    </p>
  );
}

/** A list of lakhs of names helps nobody: the office whose people are meant is chosen first. */
function ChooseOffice({ row, found, say }: Omit<OneProps, 'state'>) {
  const { t, language } = say;
  return (
    <Card
      title={t('learning.assignByOffice')}
      lead={t('learning.assignByOfficeLead', {
        office: pick({ hi: found.office.nameHi, en: found.office.nameEn }, language),
      })}
    >
      <Prose>
        <ul>
          {found.choose?.map((one) => (
            <li key={one.code}>
              <a href={`${oneHref(row.assignmentId)}?office=${encodeURIComponent(one.code)}`}>
                {pick({ hi: one.nameHi, en: one.nameEn }, language)}
              </a>
            </li>
          ))}
        </ul>
      </Prose>
    </Card>
  );
}

function PersonList({ row, found, state, say }: OneProps) {
  const { t, language } = say;
  const isWhole = found.office.officeId === row.officeId;
  const hrefFor = (more: Record<string, string>) => {
    const asked = new URLSearchParams({ ...(isWhole ? {} : { office: found.office.code }), ...more });
    return `${oneHref(row.assignmentId)}?${asked}`;
  };
  const open = row.asked - row.done;
  const tab = (label: MessageKey, of: PersonState, count: number) => ({
    label: t(label),
    href: hrefFor({ state: of }),
    isActive: state === of,
    count: isWhole ? count : undefined,
  });
  return (
    <>
      {isWhole ? null : <h2>{pick({ hi: found.office.nameHi, en: found.office.nameEn }, language)}</h2>}
      <Tabs
        label={t('learning.assignProgress')}
        tabs={[
          tab('learning.assignEverybody', 'all', row.asked),
          tab('learning.assignOpen', 'open', open),
          tab('learning.assignDone', 'done', row.done),
        ]}
      />
      <Persons persons={found.items} say={say} />
      <Pagination
        pageKey="from"
        nextHref={found.next ? hrefFor({ state, from: String(found.next) }) : undefined}
      />
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
