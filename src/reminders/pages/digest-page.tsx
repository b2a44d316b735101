import { formatDay } from '../../kernel/dates.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { Button, ButtonRow, Card, DataTable, EmptyState, PageHeading } from '../../shell/index.ts';
import type { OwnDigest } from '../own-digests.ts';
import { titleOf } from '../texts.ts';
import { nameIn, type Say } from './words.ts';

type Props = OwnDigest & { today: string; mayReadOrders?: boolean; say: Say };

/** What one was told on a day, as it stands now: the own training first, then that of one's people. */
export function DigestPage(props: Props) {
  const { digest, own, team, today, say } = props;
  const { t, language } = say;
  return (
    <>
      <PageHeading
        title={t('reminders.digestTitle')}
        lead={t('reminders.digestLead', { day: formatDay(digest.day, language) })}
      />
      {own.length === 0 && team.length === 0 ? (
        <EmptyState title={t('reminders.digestDoneTitle')} icon="check">
          {t('reminders.digestDone')}
        </EmptyState>
      ) : null}
      {own.map((line) => (
        <Card
          key={line.mandateId}
          tone="needs-you"
          title={titleOf(line, language)}
          lead={
            <b>
              {t(line.dueOn < today ? 'reminders.wasDue' : 'reminders.dueBy', {
                day: formatDay(line.dueOn, language),
              })}
            </b>
          }
        >
          {line.missing.length > 0 ? (
            <ul>
              {line.missing.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          ) : null}
          <ButtonRow>
            <Button href={`/orders/${line.mandateId}`}>{t('reminders.seeWhat')}</Button>
            <Button variant="quiet" href={`/orders/${line.mandateId}/extension`}>
              {t('service.askExtensionLink')}
            </Button>
          </ButtonRow>
        </Card>
      ))}
      {own.length > 0 ? <p>{t('reminders.needTime')}</p> : null}
      <TeamCard {...props} />
      <p>
        <a href="/profile">{t('reminders.earlierLink')}</a>
      </p>
    </>
  );
}

function TeamCard({ team, teamCount, teamLines, mayReadOrders, say }: Props) {
  const { t, language } = say;
  if (team.length === 0) return null;
  return (
    <Card id="team" title={t('reminders.teamTitle')} lead={t('reminders.teamLead')}>
      <DataTable
        caption={t('reminders.teamTitle')}
        isCaptionHidden
        rows={team}
        total={teamCount}
        rowKey={(row) => `${row.personId}.${row.number}`}
        columns={[
          {
            key: 'name',
            label: t('reminders.name'),
            isRowHeading: true,
            value: (row) => nameIn(row, language),
          },
          {
            key: 'office',
            label: t('reminders.office'),
            value: (row) => nameIn({ nameHi: row.officeHi, nameEn: row.officeEn }, language),
          },
          { key: 'order', label: t('reminders.order'), value: (row) => titleOf(row, language) },
          { key: 'due', label: t('reminders.due'), kind: 'date', value: (row) => row.dueOn },
        ]}
      />
      {teamCount > team.length ? (
        <p>{t('reminders.teamMore', { n: formatNumber(teamCount - team.length, language) })}</p>
      ) : null}
      {mayReadOrders
        ? teamLines.map((line) => (
            <p key={line.mandateId}>
              <a href={`/office/orders/${line.mandateId}/persons`}>
                {t('reminders.followUp', { title: titleOf(line, language) })}
              </a>
            </p>
          ))
        : null}
    </Card>
  );
}
