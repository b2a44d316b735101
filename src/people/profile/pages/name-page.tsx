import { formatDay, indiaDay } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import type { MessageKey } from '../../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  ErrorSummary,
  Form,
  Notice,
  PageHeading,
  Tag,
  type TagTone,
  useFrame,
} from '../../../shell/index.ts';
import { PersonFields, ReasonField } from '../../desk/pages/forms.tsx';
import type { OwnProfile } from '../own-profile.ts';
import type { NameRequest } from '../store.ts';
import { ProfileTabs } from './profile-tabs.tsx';

type Props = { title: string; profile: OwnProfile; state: FormState };

const tones: Record<NameRequest['state'], TagTone> = {
  open: 'progress',
  approved: 'done',
  refused: 'overdue',
  withdrawn: 'neutral',
};

export function NamePage({ title, profile, state }: Props) {
  const { t } = useFrame();
  const open = profile.nameRequests.find((request) => request.state === 'open');
  const { person } = profile;
  const values = { nameHi: person.nameHi ?? '', nameEn: person.nameEn ?? '', ...state.values };
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={t('people.nameLead')} />
      <ProfileTabs active="name" hasRoles={profile.roles.length > 0} />
      {open ? <Waiting request={open} /> : <Ask state={{ ...state, values }} />}
      {profile.nameRequests.length > 0 ? (
        <Card title={t('people.nameHistory')}>
          <History requests={profile.nameRequests} />
        </Card>
      ) : null}
    </>
  );
}

function Ask({ state }: { state: FormState }) {
  const { t } = useFrame();
  return (
    <Card>
      <Form action="/profile/name">
        <PersonFields state={state} />
        <ReasonField state={state} hint={t('people.nameAskHint')} />
        <ButtonRow>
          <Button>{t('people.nameAsk')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}

function Waiting({ request }: { request: NameRequest }) {
  const { t, language } = useFrame();
  return (
    <Notice tone="info" title={t('people.nameWaits')}>
      <p>
        {[request.nameHi, request.nameEn].filter(Boolean).join(' · ')} ·{' '}
        {formatDay(indiaDay(request.requestedAt), language)}
      </p>
      <p>{t('people.nameWaitsText')}</p>
      <Form action="/profile/name/withdrawal">
        <ButtonRow>
          <Button variant="secondary">{t('people.nameWithdraw')}</Button>
        </ButtonRow>
      </Form>
    </Notice>
  );
}

function History({ requests }: { requests: NameRequest[] }) {
  const { t } = useFrame();
  return (
    <DataTable<NameRequest>
      caption={t('people.nameHistory')}
      isCaptionHidden
      isCountHidden
      rows={requests}
      rowKey={(row) => row.nameRequestId}
      columns={[
        {
          key: 'name',
          label: t('people.wantedName'),
          isRowHeading: true,
          value: (row) => [row.nameHi, row.nameEn].filter(Boolean).join(' · '),
        },
        { key: 'when', label: t('people.askedOn'), kind: 'date', value: (row) => indiaDay(row.requestedAt) },
        {
          key: 'state',
          label: t('people.stateColumn'),
          value: (row) => <Tag tone={tones[row.state]}>{t(`people.request_${row.state}` as MessageKey)}</Tag>,
        },
        { key: 'reason', label: t('people.decisionReason'), value: (row) => row.decisionReason },
      ]}
    />
  );
}
