import type { FormState } from '../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  CheckboxGroup,
  EmptyState,
  ErrorSummary,
  Form,
  PageHeading,
  useFrame,
} from '../../shell/index.ts';
import type { Cadre } from './store.ts';

type Props = { title: string; action: string; cadres: Cadre[]; errors: FormState['errors'] };

export function CadresPage({ title, action, cadres, errors }: Props) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={title} lead={t('organisations.cadresLead')} />
      <Card>
        {cadres.length === 0 ? (
          <EmptyState icon="check" title={t('organisations.cadresNone')}>
            {t('organisations.cadresNoneText')}
          </EmptyState>
        ) : (
          <Form action={action}>
            {cadres.map((cadre) => (
              <input key={cadre.cadreId} type="hidden" name="shown" value={cadre.cadreId} />
            ))}
            <CheckboxGroup
              name="field"
              label={t('organisations.cadresField')}
              hint={t('organisations.cadresFieldHint')}
              values={cadres.filter((cadre) => cadre.isField).map((cadre) => cadre.cadreId)}
              options={cadres.map((cadre) => ({ value: cadre.cadreId, label: cadre.name }))}
            />
            <ButtonRow>
              <Button type="submit">{t('organisations.cadresSave')}</Button>
            </ButtonRow>
          </Form>
        )}
      </Card>
    </>
  );
}
