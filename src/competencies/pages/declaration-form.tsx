import type { FormState } from '../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  errorFor,
  Form,
  PageHeading,
  RadioGroup,
  SelectField,
  TextArea,
} from '../../shell/index.ts';
import { levels } from '../dictionary/tags.ts';
import type { CompetencyBranch } from '../dictionary/tree.ts';
import { kindName, levelText, nameOf, passbookHref, type Say } from './words.ts';

type Props = { tree: CompetencyBranch[]; state: FormState; say: Say };

export function DeclarationForm({ tree, state, say }: Props) {
  const { t, language } = say;
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  const options = tree.map((branch) => ({
    label: kindName(branch.kind, say),
    options: branch.competencies.map((one) => ({ value: one.key, label: nameOf(one, language) })),
  }));
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('competencies.declareTitle')} lead={t('competencies.declareLead')} />
      <Card>
        <Form action={`${passbookHref}/declarations`}>
          <SelectField
            {...field('competency')}
            label={t('competencies.competency')}
            options={options}
            emptyLabel
            isRequired
          />
          <RadioGroup
            {...field('level')}
            label={t('competencies.level')}
            options={levels.map((level) => ({ value: String(level), label: levelText(level, say) }))}
            isRequired
          />
          <TextArea
            {...field('note')}
            label={t('competencies.note')}
            hint={t('competencies.noteHint')}
            rows={4}
            maxLength={2000}
            isRequired
          />
          <ButtonRow>
            <Button>{t('competencies.declareSubmit')}</Button>
            <Button variant="secondary" href={passbookHref}>
              {t('competencies.back')}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
    </>
  );
}
