import { formatDay, formatDayTime, indiaDay } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import type { Role } from '../../organisations/index.ts';
import {
  Button,
  Card,
  CopyCode,
  DataTable,
  EmptyState,
  ErrorSummary,
  errorFor,
  type FieldError,
  Form,
  Notice,
  PageHeading,
  SelectField,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import { roleName } from '../roles/pages/roles.tsx';
import type { ListedToken } from './store.ts';

type Props = {
  rows: ListedToken[];
  roles: readonly Role[];
  errors: FieldError[];
  values: Record<string, string>;
  /** The text of the token just made: on this page once, and nowhere after it. */
  made?: string;
};

export function TokensPage(props: Props) {
  const { t } = useFrame();
  const { rows, roles, errors, made } = props;
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.tokensTitle')} lead={t('signin.tokensLead')} />
      {made ? (
        <Notice tone="needs-you" title={t('signin.tokenMade')}>
          <p>{t('signin.tokenOnce')}</p>
          <CopyCode>{made}</CopyCode>
        </Notice>
      ) : null}
      <Card>
        <TokensTable rows={rows} />
      </Card>
      {roles.length > 0 ? <NewToken {...props} /> : null}
    </>
  );
}

function TokensTable({ rows }: { rows: ListedToken[] }) {
  const { t, language } = useFrame();
  const dash = '–';
  return (
    <DataTable<ListedToken>
      caption={t('signin.tokensTitle')}
      isCaptionHidden
      isCountHidden
      rows={rows}
      rowKey={(row) => row.tokenId}
      empty={
        <EmptyState icon="lock" title={t('signin.tokensNone')}>
          {t('signin.tokensNoneText')}
        </EmptyState>
      }
      columns={[
        {
          key: 'name',
          label: t('signin.tokenName'),
          isRowHeading: true,
          value: (row) => row.name ?? t('signin.tokenByCommand'),
        },
        {
          key: 'scope',
          label: t('signin.tokenScope'),
          value: (row) =>
            `${roleName(row.role, t)} · ${pick({ hi: row.officeHi, en: row.officeEn }, language)} (${row.officeCode})`,
        },
        {
          key: 'maker',
          label: t('signin.tokenMaker'),
          value: (row) => pick({ hi: row.makerHi, en: row.makerEn }, language) || t('signin.rolesBySystem'),
        },
        {
          key: 'until',
          label: t('signin.tokenUntil'),
          value: (row) => (row.expiresAt ? formatDay(lastDay(row.expiresAt), language) : dash),
        },
        {
          key: 'used',
          label: t('signin.tokenUsed'),
          value: (row) =>
            row.lastUsedAt ? formatDayTime(row.lastUsedAt, language) : t('signin.tokenUnused'),
        },
        {
          key: 'end',
          label: t('signin.tokenEnd'),
          kind: 'actions',
          value: (row) => (
            <Form
              action={`/office/tokens/${row.tokenId}/ending`}
              label={t('signin.tokenEndOf', { name: row.name ?? row.officeCode })}
            >
              <Button variant="secondary">{t('signin.tokenEnd')}</Button>
            </Form>
          ),
        },
      ]}
    />
  );
}

/** A token ends as its last day does. */
function lastDay(expiresAt: Date): string {
  return indiaDay(new Date(expiresAt.getTime() - 1));
}

function NewToken({ roles, errors, values }: Props) {
  const { t } = useFrame();
  const field = (name: string) => ({ name, value: values[name], error: errorFor(errors, name) });
  return (
    <Card title={t('signin.tokenNew')} lead={t('signin.tokenNewLead')}>
      <Form action="/office/tokens">
        <TextField
          {...field('name')}
          label={t('signin.tokenName')}
          hint={t('signin.tokenNameHint')}
          isRequired
        />
        <SelectField
          {...field('role')}
          label={t('signin.rolesRole')}
          options={roles.map((role) => ({ value: role, label: roleName(role, t) }))}
          isRequired
        />
        <TextField
          {...field('officeCode')}
          label={t('signin.roleFormOffice')}
          hint={t('signin.roleFormOfficeHint')}
          autocomplete="off"
          width="medium"
          isRequired
        />
        <SelectField
          {...field('days')}
          value={values['days'] ?? '90'}
          label={t('signin.tokenDays')}
          options={['30', '90', '365'].map((days) => ({
            value: days,
            label: t('signin.tokenDaysOf', { days }),
          }))}
        />
        <Button>{t('signin.tokenMake')}</Button>
      </Form>
    </Card>
  );
}
