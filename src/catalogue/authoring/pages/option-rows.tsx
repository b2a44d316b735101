import { Checkbox, errorFor, type FieldError, Grid, HiddenFields, TextField } from '../../../shell/index.ts';
import type { Question } from '../../quiz.ts';
import type { Say } from './words.ts';

type Props = {
  kind: Exclude<Question['kind'], 'numeric'>;
  rows: number;
  values: Record<string, string>;
  errors: FieldError[];
  say: Say;
};

/** The options of a question, a row each: both languages, and whether it is right or at which place. */
export function OptionRows(props: Props) {
  const { t } = props.say;
  const hint = {
    single: 'catalogue.authorSingleHint',
    multiple: 'catalogue.authorMultipleHint',
    ordering: 'catalogue.authorOrderingHint',
  } as const;
  const error = errorFor(props.errors, 'right');
  return (
    <fieldset class={`field${error ? ' has-error' : ''}`} id="right" tabIndex={-1}>
      <legend>{t('catalogue.authorOptions')}</legend>
      <p class="hint">{t(hint[props.kind])}</p>
      {error ? <p class="field-error">{error}</p> : null}
      {Array.from({ length: props.rows }, (_, index) => index + 1).map((number) => (
        <Row key={number} {...props} number={number} />
      ))}
    </fieldset>
  );
}

function Row({ kind, number, values, errors, say: { t } }: Props & { number: number }) {
  const at = `option-${number}`;
  return (
    <fieldset class="card">
      <legend class="hidden-text">{t('catalogue.authorOptionNo', { n: number })}</legend>
      <HiddenFields values={{ [`${at}-code`]: values[`${at}-code`] || undefined }} />
      <Grid>
        <TextField
          name={`${at}-hi`}
          label={t('catalogue.authorOptionHi', { n: number })}
          value={values[`${at}-hi`]}
          error={errorFor(errors, `${at}-hi`)}
          lang="hi"
          maxLength={400}
        />
        <TextField
          name={`${at}-en`}
          label={t('catalogue.authorOptionEn', { n: number })}
          value={values[`${at}-en`]}
          lang="en"
          maxLength={400}
        />
      </Grid>
      {kind === 'ordering' ? (
        <TextField
          name={`${at}-place`}
          label={t('catalogue.authorRightPlace')}
          value={values[`${at}-place`] ?? String(number)}
          inputmode="numeric"
          width="short"
        />
      ) : null}
      {kind === 'multiple' ? (
        <Checkbox
          name={`right-${number}`}
          label={t('catalogue.authorIsRight', { n: number })}
          isChecked={Boolean(values[`right-${number}`])}
        />
      ) : null}
      {kind === 'single' ? (
        <RightRadio
          number={number}
          isChecked={values['right'] === String(number)}
          label={t('catalogue.authorIsRight', { n: number })}
        />
      ) : null}
    </fieldset>
  );
}

/** One group over all rows, which RadioGroup cannot be: each of its buttons stands in its own row. */
function RightRadio({ number, isChecked, label }: { number: number; isChecked: boolean; label: string }) {
  const id = `right-${number}`;
  return (
    <div class="option">
      <input type="radio" id={id} name="right" value={String(number)} checked={isChecked} />
      <label for={id}>{label}</label>
    </div>
  );
}
