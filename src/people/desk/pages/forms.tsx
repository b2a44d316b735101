import type { FormState } from '../../../kernel/http/answer-form.ts';
import { OfficePicker, type OfficeRow } from '../../../organisations/index.ts';
import {
  DateField,
  errorFor,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import { endReasonChoices, engagementChoices, groupChoices, kindChoices } from '../words.ts';

type FieldsProps = { state: FormState };
type OfficeProps = FieldsProps & { label: string; suggestions?: OfficeRow[]; matches?: OfficeRow[] };

export function OfficeField({ state, label, suggestions, matches }: OfficeProps) {
  return (
    <OfficePicker
      label={label}
      values={state.values}
      error={errorFor(state.errors, 'officeCode')}
      suggestions={suggestions}
      matches={matches}
    />
  );
}

export function DayField({ state, name, label, hint, isOptional }: FieldsProps & DayProps) {
  return (
    <DateField
      name={name}
      label={label}
      hint={hint}
      isOptional={isOptional}
      value={state.values[name]}
      error={errorFor(state.errors, name)}
    />
  );
}
type DayProps = { name: string; label: string; hint?: string; isOptional?: boolean };

/** Designation, group and engagement of a post. */
export function PostFields({ state }: FieldsProps) {
  const { t } = useFrame();
  const { values, errors } = state;
  return (
    <>
      <TextField
        name="designation"
        label={t('people.designationColumn')}
        isOptional
        value={values['designation']}
        error={errorFor(errors, 'designation')}
      />
      <SelectField
        name="serviceGroup"
        label={t('people.groupField')}
        isOptional
        emptyLabel
        value={values['serviceGroup']}
        error={errorFor(errors, 'serviceGroup')}
        options={groupChoices(t)}
      />
      <SelectField
        name="engagement"
        label={t('people.engagementField')}
        isOptional
        emptyLabel
        value={values['engagement']}
        error={errorFor(errors, 'engagement')}
        options={engagementChoices(t)}
      />
    </>
  );
}

export function PersonFields({ state }: FieldsProps) {
  const { t } = useFrame();
  const { values, errors } = state;
  const text = (name: string) => ({ name, value: values[name], error: errorFor(errors, name) });
  return (
    <>
      <TextField {...text('nameHi')} label={t('people.nameHiField')} lang="hi" autocomplete="off" />
      <TextField
        {...text('nameEn')}
        label={t('people.nameEnField')}
        lang="en"
        autocomplete="off"
        isOptional
      />
    </>
  );
}

export function ContactFields({ state }: FieldsProps) {
  const { t } = useFrame();
  const { values, errors } = state;
  return (
    <>
      <TextField
        name="mobile"
        label={t('people.mobileField')}
        hint={t('people.mobileHint')}
        type="tel"
        inputmode="numeric"
        width="medium"
        isOptional
        autocomplete="off"
        value={values['mobile']}
        error={errorFor(errors, 'mobile')}
      />
      <TextField
        name="email"
        label={t('people.emailField')}
        type="email"
        isOptional
        autocomplete="off"
        value={values['email']}
        error={errorFor(errors, 'email')}
      />
      <RadioGroup
        name="language"
        label={t('people.languageField')}
        isInline
        value={values['language'] ?? 'hi'}
        error={errorFor(errors, 'language')}
        options={[
          { value: 'hi', label: t('people.language_hi') },
          { value: 'en', label: t('people.language_en') },
        ]}
      />
    </>
  );
}

export function KindField({ state }: FieldsProps) {
  const { t } = useFrame();
  return (
    <RadioGroup
      name="kind"
      label={t('people.kindColumn')}
      value={state.values['kind']}
      error={errorFor(state.errors, 'kind')}
      options={kindChoices(t)}
    />
  );
}

export function EndReasonField({ state }: FieldsProps) {
  const { t } = useFrame();
  return (
    <RadioGroup
      name="endReason"
      label={t('people.reasonField')}
      value={state.values['endReason']}
      error={errorFor(state.errors, 'endReason')}
      options={endReasonChoices(t)}
    />
  );
}

export function ReasonField({ state, name = 'reason', label, hint, isOptional }: FieldsProps & ReasonProps) {
  const { t } = useFrame();
  return (
    <TextArea
      name={name}
      label={label ?? t('people.reasonField')}
      hint={hint}
      rows={2}
      isOptional={isOptional}
      maxLength={500}
      value={state.values[name]}
      error={errorFor(state.errors, name)}
    />
  );
}
type ReasonProps = { name?: string; label?: string; hint?: string; isOptional?: boolean };
