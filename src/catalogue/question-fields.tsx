import { pick } from '../kernel/i18n.ts';
import {
  CheckboxGroup,
  errorFor,
  type FieldError,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
  useFrame,
} from '../shell/index.ts';
import { fieldOf, type PaperForm, type PaperQuestion } from './quiz-paper.ts';

type Props = {
  question: PaperQuestion;
  /** `index` counts from 0 and names the fields; the texts are in the language of the course. */
  at: { index: number; language: 'hi' | 'en' };
  form: PaperForm;
  errors: FieldError[];
};

/** One question of a paper as fields: works without script, by keyboard and with a screen reader. */
export function QuestionFields(props: Props) {
  const { question, at, form, errors } = props;
  const { t } = useFrame();
  const name = `q${at.index}`;
  const label = t('learning.question', { n: at.index + 1, text: pick(question.text, at.language) });
  const error = errorFor(errors, fieldOf(question, at.index));
  const given = [form[name] ?? []].flat();
  const options = (question.options ?? []).map((option) => ({
    value: option.code,
    label: pick(option.text, at.language),
  }));
  if (question.kind === 'single' || question.kind === 'truth')
    return <RadioGroup name={name} label={label} error={error} options={options} value={given[0]} />;
  if (question.kind === 'multiple') {
    const hint = t('learning.chooseAll');
    return <CheckboxGroup {...{ name, label, hint, error, options, values: given }} />;
  }
  if (question.kind === 'ordering' || question.kind === 'matching')
    return <ItemFields {...props} label={label} error={error} />;
  return <WrittenField {...props} label={label} error={error} value={given[0]} />;
}

type Labelled = Props & { label: string; error?: string };

/** Each item gets its place, or its counterpart, from a list. */
function ItemFields({ question, at, form, label, error }: Labelled) {
  const { t } = useFrame();
  const items = question.items ?? [];
  const isMatching = question.kind === 'matching';
  const options = isMatching
    ? (question.options ?? []).map((one) => ({ value: one.code, label: pick(one.text, at.language) }))
    : items.map((_, place) => ({ value: String(place + 1), label: String(place + 1) }));
  const hint = isMatching ? t('assessment.matchHint') : t('learning.putInOrder', { n: items.length });
  return (
    <fieldset class={`field${error ? ' has-error' : ''}`}>
      <legend>{label}</legend>
      <p class="hint">{hint}</p>
      {error ? <p class="field-error">{error}</p> : null}
      {items.map((item, index) => (
        <SelectField
          key={item.code}
          name={`q${at.index}-${index}`}
          label={pick(item.text, at.language)}
          options={options}
          value={[form[`q${at.index}-${index}`] ?? ''].flat()[0]}
          emptyLabel={t(isMatching ? 'assessment.chooseMatch' : 'learning.place')}
        />
      ))}
    </fieldset>
  );
}

function WrittenField({ question, at, label, error, value }: Labelled & { value?: string }) {
  const { t } = useFrame();
  const name = `q${at.index}`;
  if (question.kind === 'short') {
    const hint = t('assessment.shortHint', { n: question.maxWords ?? 100 });
    return <TextArea {...{ name, label, hint, error, value }} rows={6} maxLength={8000} lang={at.language} />;
  }
  const isNumber = question.kind === 'numeric';
  return (
    <TextField
      name={name}
      label={label}
      hint={t(isNumber ? 'learning.inFigures' : 'assessment.fillHint')}
      error={error}
      value={value}
      inputmode={isNumber ? 'decimal' : 'text'}
      autocomplete="off"
      width={isNumber ? 'short' : 'medium'}
      maxLength={isNumber ? 20 : 200}
      suffix={question.unit ? pick(question.unit, at.language) : undefined}
    />
  );
}
