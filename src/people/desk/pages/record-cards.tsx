import { formatDayTime } from '../../../kernel/dates.ts';
import type { MessageKey } from '../../../kernel/i18n.ts';
import { pick } from '../../../kernel/i18n.ts';
import { formatNumber } from '../../../kernel/numbers.ts';
import { Card, DataTable, Details, SummaryList, useFrame } from '../../../shell/index.ts';
import { actDetail, actWord } from '../act-words.ts';
import type { Trail } from '../person-trail.ts';
import type { PersonView } from '../person-view.ts';
import type { TrailRecord } from '../stores/person-trail.ts';
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

export function TrailCard({ trail }: { trail: Trail }) {
  const { t, language } = useFrame();
  return (
    <Details summary={t('people.trail')}>
      <OwnLooksLine looks={trail.ownLooks} />
      <DataTable<TrailRecord>
        caption={t('people.trail')}
        isCaptionHidden
        isCountHidden
        rows={trail.acts}
        rowKey={(row) => row.key}
        empty={<p class="soft">{t('people.trailEmpty')}</p>}
        columns={[
          {
            key: 'what',
            label: t('people.trailWhat'),
            isRowHeading: true,
            value: (row) => <What act={row} />,
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

function What({ act }: { act: TrailRecord }) {
  const { language } = useFrame();
  const detail = actDetail(act, language);
  return (
    <>
      {actWord(act, language)}
      {detail && <div class="soft">{detail}</div>}
    </>
  );
}

function OwnLooksLine({ looks }: { looks: Trail['ownLooks'] }) {
  const { t, language } = useFrame();
  if (looks.count === 0 || !looks.lastAt) return null;
  const count = formatNumber(looks.count, language);
  return (
    <p class="soft">{t('acts.trail_own_looks', { count, when: formatDayTime(looks.lastAt, language) })}</p>
  );
}
