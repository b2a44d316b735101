import type { Translate } from '../../../kernel/i18n.ts';
import {
  Card,
  Checkbox,
  errorFor,
  type FieldError,
  Grid,
  RadioGroup,
  TextArea,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import type { Question } from '../../quiz.ts';
import { OptionRows } from './option-rows.tsx';
import { rowsToShow } from './question-form.ts';

type Props = {
  kind: Question['kind'];
  values: Record<string, string>;
  errors: FieldError[];
  /** More rows of options than are filled. */
  rows?: number;
};

/** Whether a question of this kind has rows, so that more can be asked for. */
export function hasRows(kind: Question['kind']): boolean {
  return kind !== 'numeric' && kind !== 'truth' && kind !== 'fill';
}

/** A question as its author writes it, in both languages; of a lesson's quiz and of a bank. */
export function QuestionEditor(props: Props) {
  const { t } = useFrame();
  return (
    <>
      <Texts {...props} />
      <Card title={t('catalogue.authorAnswer')}>
        <Answers {...props} />
        <TextField
          name="points"
          label={t('catalogue.authorPoints')}
          value={props.values['points']}
          error={errorFor(props.errors, 'points')}
          inputmode="decimal"
          width="short"
        />
      </Card>
    </>
  );
}

function Texts({ values, errors }: Props) {
  const { t } = useFrame();
  return (
    <Grid>
      {(['hi', 'en'] as const).map((language) => {
        const end = language === 'hi' ? 'Hi' : 'En';
        return (
          <Card
            key={language}
            title={t(language === 'hi' ? 'catalogue.authorInHindi' : 'catalogue.authorInEnglish')}
          >
            <TextArea
              name={`text${end}`}
              label={t('catalogue.authorQuestion')}
              value={values[`text${end}`]}
              error={errorFor(errors, `text${end}`)}
              lang={language}
              rows={3}
            />
            <TextArea
              name={`explanation${end}`}
              label={t('catalogue.authorExplanation')}
              hint={t('catalogue.authorExplanationHint')}
              value={values[`explanation${end}`]}
              lang={language}
              rows={2}
              isOptional
            />
          </Card>
        );
      })}
    </Grid>
  );
}

function Answers(props: Props) {
  const { kind, values, errors, rows = 0 } = props;
  if (kind === 'numeric') return <NumericAnswer {...props} />;
  if (kind === 'truth') return <TruthAnswer {...props} />;
  if (kind === 'fill') return <FillAnswer {...props} />;
  return <OptionRows kind={kind} rows={rowsToShow(values, rows)} values={values} errors={errors} />;
}

function NumericAnswer({ values, errors }: Props) {
  const { t } = useFrame();
  return (
    <>
      <TextField
        name="answer"
        label={t('catalogue.authorRightNumber')}
        value={values['answer']}
        error={errorFor(errors, 'answer')}
        inputmode="decimal"
        width="short"
      />
      <TextField
        name="tolerance"
        label={t('catalogue.authorTolerance')}
        hint={t('catalogue.authorToleranceHint')}
        value={values['tolerance']}
        inputmode="decimal"
        width="short"
        isOptional
      />
      <Grid>
        <TextField
          name="unitHi"
          label={t('assessment.unitHi')}
          hint={t('assessment.unitHint')}
          value={values['unitHi']}
          lang="hi"
          maxLength={40}
          isOptional
        />
        <TextField
          name="unitEn"
          label={t('assessment.unitEn')}
          value={values['unitEn']}
          lang="en"
          maxLength={40}
          isOptional
        />
      </Grid>
    </>
  );
}

function TruthAnswer({ values, errors }: Props) {
  const { t } = useFrame();
  return (
    <RadioGroup
      name="answer"
      label={t('assessment.truthAnswer')}
      error={errorFor(errors, 'answer')}
      value={values['answer']}
      options={[
        { value: 'true', label: t('assessment.true') },
        { value: 'false', label: t('assessment.false') },
      ]}
    />
  );
}

function FillAnswer({ values, errors }: Props) {
  const { t } = useFrame();
  return (
    <>
      <TextArea
        name="accepted"
        label={t('assessment.accepted')}
        hint={t('assessment.acceptedHint')}
        value={values['accepted']}
        error={errorFor(errors, 'accepted')}
        rows={4}
      />
      <Checkbox
        name="anyScript"
        label={t('assessment.anyScript')}
        hint={t('assessment.anyScriptHint')}
        isChecked={Boolean(values['anyScript'] ?? 'yes')}
      />
    </>
  );
}

/** What the fields are called in a comparison of two states of one question. */
export function questionLabels(t: Translate, values: Record<string, string>): Record<string, string> {
  const options = Object.keys(values).filter((name) => /^option-\d+-(match-)?(hi|en)$/.test(name));
  return {
    textHi: `${t('catalogue.authorQuestion')} (${t('catalogue.authorHindi')})`,
    textEn: `${t('catalogue.authorQuestion')} (${t('catalogue.authorEnglish')})`,
    answer: t('catalogue.authorRightNumber'),
    right: t('catalogue.authorRight'),
    accepted: t('assessment.accepted'),
    ...Object.fromEntries(
      options.map((name) => [name, t('catalogue.authorOptionNo', { n: name.split('-')[1] ?? '' })]),
    ),
  };
}
