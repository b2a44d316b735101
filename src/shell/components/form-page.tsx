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
  /** Names of fields for the summary of errors. */
  labels?: Record<string, string>;
  children: ComponentChildren;
};

/** A page that is one form: errors first, heading, the fields in a card, one verb. */
export function FormPage(props: FormPageProps) {
  const { title, lead, action, submit, cancelHref, state, labels, children } = props;
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={state.errors} labels={labels} />
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
