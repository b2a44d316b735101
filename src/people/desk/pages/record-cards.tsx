import { formatDayTime } from '../../../kernel/dates.ts';
import type { MessageKey, Translate } from '../../../kernel/i18n.ts';
import { pick } from '../../../kernel/i18n.ts';
import { Card, DataTable, Details, SummaryList, useFrame } from '../../../shell/index.ts';
import type { PersonView } from '../person-view.ts';
import type { TrailRecord } from '../stores/person-record.ts';
import { dayOrNull, officeOf } from '../words.ts';

export function RolesCard({ view }: { view: Pick<PersonView, 'roles'> }) {
  const { t, language } = useFrame();
  return (
    <Card title={t('people.roles')}>
      {view.roles.length === 0 ? (
        <p class="soft">{t('people.noRoles')}</p>
      ) : (
        <SummaryList
          rows={view.roles.map((role) => ({
            label: t(`people.role_${role.role}` as MessageKey),
            value: [
              officeOf(role, language),
              role.isLink ? t('people.linkOfficer') : null,
              `${dayOrNull(role.startsOn, language)} – ${dayOrNull(role.endsOn, language) ?? t('people.withCharge')}`,
            ]
              .filter(Boolean)
              .join(' · '),
          }))}
        />
      )}
    </Card>
  );
}

export function TrailCard({ trail }: { trail: TrailRecord[] }) {
  const { t, language } = useFrame();
  return (
    <Details summary={t('people.trail')}>
      <DataTable<TrailRecord>
        caption={t('people.trail')}
        isCaptionHidden
        isCountHidden
        rows={trail}
        rowKey={(row) => row.auditEventId}
        empty={<p class="soft">{t('people.trailEmpty')}</p>}
        columns={[
          {
            key: 'what',
            label: t('people.trailWhat'),
            isRowHeading: true,
            value: (row) => actionWord(t, row.action),
          },
          {
            key: 'when',
            label: t('people.trailWhen'),
            value: (row) => formatDayTime(row.happenedAt, language),
          },
          { key: 'who', label: t('people.trailWho'), value: (row) => <Who event={row} /> },
        ]}
      />
    </Details>
  );
}

function Who({ event }: { event: TrailRecord }) {
  const { t, language } = useFrame();
  const name = pick({ hi: event.actorHi, en: event.actorEn }, language);
  if (name) return <>{name}</>;
  return <>{event.actorKind === 'anonymous' ? t('people.trailAnonymous') : t('people.trailSystem')}</>;
}

/** Actions of features above have no word here; their name is shown as it stands in the audit. */
function actionWord(t: Translate, action: string): string {
  const key = `people.did_${action.replaceAll('.', '_')}` as MessageKey;
  const text = t(key);
  return text === key || text === key.slice('people.'.length) ? action : text;
}
