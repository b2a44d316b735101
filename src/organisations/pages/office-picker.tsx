import type { FormState, FormValues } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import { controlProps, Field, HiddenFields, Notice, RadioGroup, useFrame } from '../../shell/index.ts';
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
      {matches.length > 0 ? <Matches matches={matches} values={props.values} /> : null}
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

/** The only one found is chosen already; `officeAsked` says for which text these were found. */
function Matches({ matches, values }: { matches: OfficeRow[]; values: FormValues }) {
  const { t, language } = useFrame();
  const only = matches.length === 1 ? matches[0]?.code : undefined;
  const chosen = matches.find((office) => office.code === values['officeCode'])?.code;
  return (
    <Notice tone="needs-you" title={t('organisations.pickerFound')}>
      <HiddenFields values={{ officeAsked: values['officeQuery'] }} />
      <RadioGroup
        name="officeCode"
        id="office-match"
        label={t('organisations.pickerMatches')}
        value={chosen ?? only}
        options={matches.map((office) => ({
          value: office.code,
          label: officeName(office, language),
          hint: office.code,
        }))}
      />
    </Notice>
  );
}

/** Offices were found by the name that was typed: that asks for a choice and is no fault. */
export function withoutOfficeFault(state: FormState, matches: readonly OfficeRow[]): FormState {
  if (matches.length === 0) return state;
  return { ...state, errors: state.errors.filter((error) => error.field !== 'officeCode') };
}

export function officeName(office: { nameHi: string; nameEn: string | null }, language: 'hi' | 'en'): string {
  return pick({ hi: office.nameHi, en: office.nameEn }, language);
}

/** The form's body with `officeCode` as the chosen match or, without one, the text itself. */
export function officeCodeIn(body: Record<string, unknown>): Record<string, unknown> {
  const text = typeof body['officeQuery'] === 'string' ? body['officeQuery'].trim() : '';
  const asked = body['officeAsked'];
  // A choice made among what was found for another text is no choice any more.
  const isForText = typeof asked !== 'string' || asked.trim() === text;
  return { ...body, officeCode: (isForText && body['officeCode']) || text };
}
