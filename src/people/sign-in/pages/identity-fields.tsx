import { DateField, errorFor, type FieldError, TextField, useFrame } from '../../../shell/index.ts';

type Props = { errors: FieldError[]; values: Record<string, string | undefined> };

/** Employee code and joining date: what a person knows of himself and a stranger hardly does. */
export function IdentityFields({ errors, values }: Props) {
  return (
    <>
      <EmployeeCodeField errors={errors} values={values} />
      <JoinedOnField errors={errors} values={values} />
    </>
  );
}

export function EmployeeCodeField({ errors, values }: Props) {
  const { t } = useFrame();
  return (
    <TextField
      name="employeeCode"
      label={t('signin.employeeCode')}
      error={errorFor(errors, 'employeeCode')}
      value={values['employeeCode']}
      autocomplete="username"
      spellcheck={false}
      maxLength={100}
      isRequired
    />
  );
}

export function JoinedOnField({ errors, values }: Props) {
  const { t } = useFrame();
  return (
    <DateField
      name="joinedOn"
      label={t('signin.joinedOn')}
      hint={t('signin.joinedOnHint')}
      error={errorFor(errors, 'joinedOn')}
      value={values['joinedOn']}
      isRequired
    />
  );
}
