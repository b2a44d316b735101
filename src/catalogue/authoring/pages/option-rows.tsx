import {
  Checkbox,
  errorFor,
  type FieldError,
  Grid,
  HiddenFields,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import type { Question } from '../../quiz.ts';

type Props = {
  kind: Exclude<Question['kind'], 'numeric' | 'truth' | 'fill'>;
  rows: number;
  values: Record<string, string>;
  errors: FieldError[];
};

const hints = {
  single: 'catalogue.authorSingleHint',
  multiple: 'catalogue.authorMultipleHint',
  ordering: 'catalogue.authorOrderingHint',
  matching: 'assessment.matchingHint',
  short: 'assessment.rubricHint',
} as const;

/** The options of a question, a row each: both languages, and whether it is right, at which place, or what belongs to it. */
export function OptionRows(props: Props) {
  const { t } = useFrame();
  const { kind } = props;
  const error = errorFor(props.errors, 'right');
  return (
    <fieldset class={`field${error ? ' has-error' : ''}`} id="right" tabIndex={-1}>
      <legend>{t(kind === 'short' ? 'assessment.rubric' : 'catalogue.authorOptions')}</legend>
      <p class="hint">{t(hints[kind])}</p>
      {error ? <p class="field-error">{error}</p> : null}
      {Array.from({ length: props.rows }, (_, index) => index + 1).map((number) => (
        <Row key={number} {...props} number={number} />
      ))}
      {kind === 'short' ? (
        <TextField
          name="maxWords"
          label={t('assessment.maxWords')}
          value={props.values['maxWords'] ?? '100'}
          inputmode="numeric"
          width="short"
        />
      ) : null}
    </fieldset>
  );
}

type RowProps = Props & { number: number };

function Row(props: RowProps) {
  const { kind, number, values } = props;
  const { t } = useFrame();
  const at = `option-${number}`;
  const isRubric = kind === 'short';
  return (
    <fieldset class="card">
      <legend class="hidden-text">
        {t(isRubric ? 'assessment.rubricNo' : 'catalogue.authorOptionNo', { n: number })}
      </legend>
      <HiddenFields values={{ [`${at}-code`]: values[`${at}-code`] || undefined }} />
      <TextPair
        {...props}
        name={at}
        labels={
          isRubric
            ? [t('assessment.rubricHi', { n: number }), t('assessment.rubricEn', { n: number })]
            : [t('catalogue.authorOptionHi', { n: number }), t('catalogue.authorOptionEn', { n: number })]
        }
      />
      <RowKey {...props} />
    </fieldset>
  );
}

function TextPair({ name, labels, values, errors }: RowProps & { name: string; labels: [string, string] }) {
  return (
    <Grid>
      <TextField
        name={`${name}-hi`}
        label={labels[0]}
        value={values[`${name}-hi`]}
        error={errorFor(errors, `${name}-hi`)}
        lang="hi"
        maxLength={400}
      />
      <TextField
        name={`${name}-en`}
        label={labels[1]}
        value={values[`${name}-en`]}
        lang="en"
        maxLength={400}
      />
    </Grid>
  );
}

/** What makes the row right. */
function RowKey(props: RowProps) {
  const { kind, number, values, errors } = props;
  const { t } = useFrame();
  const at = `option-${number}`;
  const right = t('catalogue.authorIsRight', { n: number });
  if (kind === 'single')
    return <RightRadio number={number} isChecked={values['right'] === String(number)} label={right} />;
  if (kind === 'multiple')
    return <Checkbox name={`right-${number}`} label={right} isChecked={Boolean(values[`right-${number}`])} />;
  if (kind === 'matching') {
    const labels: [string, string] = [
      t('assessment.matchHi', { n: number }),
      t('assessment.matchEn', { n: number }),
    ];
    return <TextPair {...props} name={`${at}-match`} labels={labels} />;
  }
  const isShare = kind === 'short';
  const name = isShare ? `${at}-share` : `${at}-place`;
  return (
    <TextField
      name={name}
      label={t(isShare ? 'assessment.rubricShare' : 'catalogue.authorRightPlace')}
      value={values[name] ?? (isShare ? '' : String(number))}
      error={errorFor(errors, name)}
      inputmode="numeric"
      width="short"
      suffix={isShare ? '%' : undefined}
    />
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
