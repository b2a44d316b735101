import type { ComponentChildren } from 'preact';
import { useFrame } from '../frame.ts';
import { Button, ButtonRow } from './button.tsx';
import { ErrorSummary, type FieldError, Form } from './form.tsx';
import { PageHeading } from './heading.tsx';
import { Card } from './surface.tsx';

type FormPageProps = {
  title: string;
  lead?: ComponentChildren;
  action: string;
  submit: string;
  cancelHref: string;
  state: { errors: FieldError[] };
  children: ComponentChildren;
};

/** A page that is one form: errors first, heading, the fields in a card, one verb. */
export function FormPage({ title, lead, action, submit, cancelHref, state, children }: FormPageProps) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={lead} />
      <Card>
        <Form action={action}>
          {children}
          <ButtonRow>
            <Button>{submit}</Button>
            <Button variant="quiet" href={cancelHref}>
              {t('common.cancel')}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
    </>
  );
}
