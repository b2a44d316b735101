import { formatDay } from '../../../kernel/dates.ts';
import { type Language, pick, type Translate } from '../../../kernel/i18n.ts';
import { OfficePicker, type OfficeRow, type Role } from '../../../organisations/index.ts';
import {
  Button,
  Card,
  Checkbox,
  ConfirmPanel,
  DataTable,
  DateField,
  Details,
  EmptyState,
  ErrorSummary,
  errorFor,
  type FieldError,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  RadioGroup,
  SelectField,
  SummaryList,
  Tag,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import type { ListedPerson } from '../../desk/stores/person-list.ts';
import { designationOf, officeOf as officeWord, personName } from '../../desk/words.ts';
import type { GrantRow } from '../store.ts';

type ListProps = { rows: GrantRow[]; nextHref?: string; canGrant: boolean; mayEnd(row: GrantRow): boolean };

export function RolesPage({ rows, nextHref, canGrant, mayEnd }: ListProps) {
  const { t } = useFrame();
  const give = canGrant ? <Button href="/office/roles/new">{t('signin.rolesGrant')}</Button> : null;
  return (
    <>
      <PageHeading title={t('signin.rolesTitle')} lead={t('signin.rolesLead')} actions={give} />
      {rows.length === 0 ? (
        <EmptyState title={t('signin.rolesEmpty')} icon="people" action={give}>
          {t('signin.rolesEmptyText')}
        </EmptyState>
      ) : (
        <Card>
          <RolesTable rows={rows} nextHref={nextHref} mayEnd={mayEnd} />
        </Card>
      )}
    </>
  );
}

function RolesTable({ rows, nextHref, mayEnd }: Omit<ListProps, 'canGrant'>) {
  const { t, language } = useFrame();
  const text = { kind: 'text' as const };
  return (
    <DataTable
      caption={t('signin.rolesTitle')}
      isCaptionHidden
      isCountHidden
      rows={rows}
      rowKey={(row) => row.grantId}
      nextHref={nextHref}
      columns={[
        {
          key: 'person',
          label: t('signin.rolesPerson'),
          ...text,
          isRowHeading: true,
          value: (row) => personOf(row, language),
        },
        { key: 'role', label: t('signin.rolesRole'), ...text, value: (row) => roleText(row, t) },
        { key: 'office', label: t('signin.rolesOffice'), ...text, value: (row) => officeOf(row, language) },
        { key: 'from', label: t('signin.rolesFrom'), kind: 'date', value: (row) => row.startsOn },
        {
          key: 'until',
          label: t('signin.rolesUntil'),
          ...text,
          value: (row) => untilOf(row, { t, language }),
        },
        {
          key: 'by',
          label: t('signin.rolesGrantedBy'),
          ...text,
          value: (row) =>
            pick({ hi: row.grantedByHi, en: row.grantedByEn }, language) || t('signin.rolesBySystem'),
        },
        {
          key: 'end',
          label: t('signin.rolesState'),
          kind: 'actions',
          value: (row) => <State row={row} mayEnd={mayEnd(row)} />,
        },
      ]}
    />
  );
}

function personOf(row: GrantRow, language: Language): string {
  return [pick({ hi: row.nameHi, en: row.nameEn }, language), row.employeeCode].filter(Boolean).join(' · ');
}

function officeOf(row: GrantRow, language: Language): string {
  return pick({ hi: row.officeHi, en: row.officeEn }, language);
}

export function roleName(role: string, t: Translate): string {
  return t(`signin.role_${role}` as 'signin.role_nodal');
}

/** What may be done with a role, in one line. */
function roleDoes(role: string, t: Translate): string {
  return t(`signin.roleDoes_${role}` as 'signin.roleDoes_nodal');
}

function roleText(row: GrantRow, t: Translate): string {
  return row.isLink ? `${roleName(row.role, t)} (${t('signin.rolesLink')})` : roleName(row.role, t);
}

function untilOf(row: GrantRow, { t, language }: { t: Translate; language: Language }): string {
  if (row.endsOn) return formatDay(row.endsOn, language);
  return t(row.withCharge ? 'signin.rolesWithCharge' : 'signin.rolesNoEnd');
}

function State({ row, mayEnd }: { row: GrantRow; mayEnd: boolean }) {
  const { t, language } = useFrame();
  const tag = (
    <Tag tone={row.state === 'effective' ? 'done' : 'neutral'}>{t(`signin.roleState_${row.state}`)}</Tag>
  );
  if (!mayEnd || row.state === 'over') return tag;
  const label = t('signin.rolesEndOf', { name: personOf(row, language), role: roleName(row.role, t) });
  return (
    <>
      {tag}{' '}
      <a href={`/office/roles/${row.grantId}/ending`} aria-label={label}>
        {t('signin.rolesEnd')}
      </a>
    </>
  );
}

type FormProps = {
  roles: readonly Role[];
  errors: FieldError[];
  values: Record<string, string | undefined>;
  found: { offices: OfficeRow[]; persons: ListedPerson[] };
};

export function GrantRolePage({ roles, errors, values, found }: FormProps) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.rolesGrant')} lead={t('signin.rolesLead')} />
      <Card>
        <Form action="/office/roles">
          <TextField
            name="employeeCode"
            label={t('signin.roleFormPerson')}
            hint={t('signin.roleFormPersonHint')}
            error={errorFor(errors, 'employeeCode')}
            value={values['employeeCode']}
            autocomplete="off"
            spellcheck={false}
            width="medium"
            isRequired
          />
          <PersonChoices values={values} persons={found.persons} />
          <SelectField
            name="role"
            label={t('signin.rolesRole')}
            error={errorFor(errors, 'role')}
            value={values['role']}
            options={roles.map((role) => ({ value: role, label: roleName(role, t) }))}
            emptyLabel
            isRequired
          />
          <Details summary={t('signin.roleMeanings')}>
            <SummaryList
              rows={roles.map((role) => ({ label: roleName(role, t), value: roleDoes(role, t) }))}
            />
          </Details>
          <OfficePicker
            label={t('signin.roleFormOffice')}
            hint={t('signin.roleFormOfficeHint')}
            error={errorFor(errors, 'officeCode')}
            values={values as Record<string, string>}
            matches={found.offices}
          />
          <DurationFields errors={errors} values={values} />
          {roles.includes('leader') ? (
            <Checkbox
              name="maySeeNames"
              label={t('signin.roleFormNames')}
              isChecked={values['maySeeNames'] !== undefined}
            />
          ) : null}
          <Button>{t('signin.rolesGrant')}</Button>
        </Form>
      </Card>
    </>
  );
}

function PersonChoices({ values, persons }: Pick<FormProps, 'values'> & { persons: ListedPerson[] }) {
  const { t, language } = useFrame();
  if (persons.length === 0) return null;
  const chosen = persons.find((person) => person.code === values['personCode'])?.code;
  const only = persons.length === 1 ? persons[0]?.code : undefined;
  return (
    <Notice tone="needs-you" title={t('signin.roleFormPersonFound')}>
      <HiddenFields values={{ personAsked: values['employeeCode'] }} />
      <RadioGroup
        name="personCode"
        label={t('signin.roleFormPersonChoose')}
        value={chosen ?? only ?? undefined}
        options={persons.map((person) => ({
          value: person.code ?? '',
          label: personName(person, language),
          hint: [person.code, designationOf(person, language), officeWord(person, language)]
            .filter(Boolean)
            .join(' · '),
        }))}
      />
    </Notice>
  );
}

function DurationFields({ errors, values }: Pick<FormProps, 'errors' | 'values'>) {
  const { t } = useFrame();
  return (
    <>
      <RadioGroup
        name="kind"
        label={t('signin.roleFormKind')}
        error={errorFor(errors, 'kind')}
        value={values['kind'] ?? 'charge'}
        options={[
          { value: 'charge', label: t('signin.roleFormCharge') },
          { value: 'link', label: t('signin.roleFormLink') },
          { value: 'open', label: t('signin.roleFormOpen') },
        ]}
      />
      <DateField
        name="startsOn"
        label={t('signin.roleFormStarts')}
        error={errorFor(errors, 'startsOn')}
        value={values['startsOn']}
        isRequired
      />
      <DateField
        name="endsOn"
        label={t('signin.roleFormEnds')}
        hint={t('signin.roleFormEndsHint')}
        error={errorFor(errors, 'endsOn')}
        value={values['endsOn']}
        isOptional
      />
    </>
  );
}

export function EndRolePage({ grant }: { grant: GrantRow }) {
  const { t, language } = useFrame();
  const name = personOf(grant, language);
  const role = roleName(grant.role, t);
  return (
    <>
      <PageHeading title={t('signin.roleEndTitle')} />
      <ConfirmPanel
        title={`${name}: ${role}`}
        consequences={[t('signin.roleEndConsequence', { name, role, office: officeOf(grant, language) })]}
        action={`/office/roles/${grant.grantId}/ending`}
        confirmLabel={t('signin.rolesEnd')}
        cancelHref="/office/roles"
        isReversible
      />
    </>
  );
}
