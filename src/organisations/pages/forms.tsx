import type { FormState } from '../../kernel/http/answer-form.ts';
import { errorFor, SelectField, TextField, useFrame } from '../../shell/index.ts';
import { officeKinds } from '../desk/schema.ts';
import { kindWord } from './words.ts';

export function OfficeFields({ state }: { state: FormState }) {
  const { t } = useFrame();
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  const known = officeKinds as readonly string[];
  const own = state.values['kind'] ?? '';
  const kinds = own && !known.includes(own) ? [...known, own] : known;
  return (
    <>
      <TextField {...field('nameHi')} label={t('organisations.nameHi')} lang="hi" />
      <TextField {...field('nameEn')} label={t('organisations.nameEn')} lang="en" isOptional />
      <SelectField
        {...field('kind')}
        label={t('organisations.kind')}
        isOptional
        emptyLabel
        options={kinds.map((kind) => ({ value: kind, label: kindWord(t, kind) ?? kind }))}
      />
      <TextField
        {...field('areaCode')}
        label={t('organisations.areaCode')}
        hint={t('organisations.areaCodeHint')}
        width="short"
        inputmode="numeric"
        isOptional
      />
      <TextField
        {...field('strength')}
        label={t('organisations.strength')}
        width="short"
        inputmode="numeric"
        isOptional
      />
    </>
  );
}
