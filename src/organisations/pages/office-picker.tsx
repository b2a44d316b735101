import type { FormValues } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import { controlProps, Field, RadioGroup, useFrame } from '../../shell/index.ts';
import type { OfficeRow } from '../scope.ts';

type OfficePickerProps = {
  label: string;
  hint?: string;
  values: FormValues;
  error?: string;
  /** Likely offices, offered while typing where the browser can. */
  suggestions?: OfficeRow[];
  /** What was found for the text that was sent; one of these is then chosen. */
  matches?: OfficeRow[];
};

/**
 * Chooses an office by code or name, without script: the text is sent (`officeQuery`), and where it is no
 * code the form comes back with what was found, to choose from (`officeCode`). See `officeCodeIn`.
 */
export function OfficePicker(props: OfficePickerProps) {
  const { t } = useFrame();
  const text = {
    name: 'officeQuery',
    id: 'officeCode',
    label: props.label,
    hint: props.hint ?? t('organisations.pickerHint'),
    error: props.error,
  };
  const matches = props.matches ?? [];
  return (
    <>
      <Field {...text}>
        <input
          {...controlProps(text)}
          type="text"
          class="full"
          list={props.suggestions?.length ? 'office-suggestions' : undefined}
          value={props.values['officeQuery'] ?? ''}
          autocomplete="off"
        />
      </Field>
      {props.suggestions?.length ? <Suggestions offices={props.suggestions} /> : null}
      {matches.length > 0 ? <Matches matches={matches} chosen={props.values['officeCode']} /> : null}
    </>
  );
}

function Suggestions({ offices }: { offices: OfficeRow[] }) {
  const { language } = useFrame();
  return (
    <datalist id="office-suggestions">
      {offices.map((office) => (
        <option key={office.code} value={office.code} label={officeName(office, language)} />
      ))}
    </datalist>
  );
}

function Matches({ matches, chosen }: { matches: OfficeRow[]; chosen?: string }) {
  const { t, language } = useFrame();
  return (
    <RadioGroup
      name="officeCode"
      id="office-match"
      label={t('organisations.pickerMatches')}
      value={chosen}
      options={matches.map((office) => ({
        value: office.code,
        label: officeName(office, language),
        hint: office.code,
      }))}
    />
  );
}

export function officeName(office: { nameHi: string; nameEn: string | null }, language: 'hi' | 'en'): string {
  return pick({ hi: office.nameHi, en: office.nameEn }, language);
}

/** The form's body with `officeCode` as the chosen match or, without one, the text itself. */
export function officeCodeIn(body: Record<string, unknown>): Record<string, unknown> {
  const text = typeof body['officeQuery'] === 'string' ? body['officeQuery'].trim() : '';
  return { ...body, officeCode: body['officeCode'] || text };
}
