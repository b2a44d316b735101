import type { ComponentChildren } from 'preact';
import type { FormState } from '../kernel/http/answer-form.ts';
import type { MessageKey } from '../kernel/i18n.ts';
import { Button, ButtonRow, Card, errorFor, Form, RadioGroup, useFrame } from '../shell/index.ts';
import { ReasonField } from './service/pages.tsx';

type Outcome<K = MessageKey> = K extends `service.decide_${infer Name}` ? Name : never;
type Props = { action: string; outcomes: readonly Outcome[]; state: FormState; children?: ComponentChildren };

/** What a nodal officer decides of a person's wish, with the reason that the person reads; `children` go with it. */
export function DecisionCard({ action, outcomes, state, children }: Props) {
  const { t } = useFrame();
  return (
    <Card title={t('service.decide')}>
      <Form action={action}>
        <RadioGroup
          name="decision"
          label={t('service.decision')}
          options={outcomes.map((value) => ({ value, label: t(`service.decide_${value}`) }))}
          value={state.values['decision']}
          error={errorFor(state.errors, 'decision')}
        />
        {children}
        <ReasonField state={state} hint={t('service.decisionHint')} />
        <ButtonRow>
          <Button>{t('service.saveDecision')}</Button>
          <Button variant="quiet" href="/office/decisions">
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}
