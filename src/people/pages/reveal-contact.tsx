import { Button, ButtonRow, Form, useFrame } from '../../shell/index.ts';

/** The deliberate step from a masked contact to the whole one; the route behind it writes down who looked. */
export function RevealContact({ action }: { action: string }) {
  const { t } = useFrame();
  return (
    <Form action={action}>
      <ButtonRow>
        <Button variant="secondary" icon="lock">
          {t('people.revealContact')}
        </Button>
      </ButtonRow>
      <p class="hint">{t('people.revealNote')}</p>
    </Form>
  );
}
