import type { ComponentChildren } from 'preact';
import { useFrame } from '../frame.ts';
import { Form } from './form.tsx';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'danger' | 'quiet';

type ButtonProps = {
  children: ComponentChildren;
  variant?: ButtonVariant;
  icon?: IconName;
  /** With `href` it is a link that looks like a button: use it for going somewhere, never for a change. */
  href?: string;
  isDownload?: boolean;
  type?: 'submit' | 'button';
  name?: string;
  value?: string;
  /** The id of a form that the button stands outside of. */
  form?: string;
  formAction?: string;
  isWide?: boolean;
  id?: string;
};

export function Button(props: ButtonProps) {
  const { variant = 'primary', icon, href, children } = props;
  const className = `button ${variant}${props.isWide ? ' is-wide' : ''}`;
  const inside = (
    <>
      {icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </>
  );
  if (href !== undefined) {
    return (
      <a class={className} href={href} id={props.id} download={props.isDownload || undefined}>
        {inside}
      </a>
    );
  }
  return (
    <button
      class={className}
      type={props.type ?? 'submit'}
      name={props.name}
      value={props.value}
      form={props.form}
      formaction={props.formAction}
      id={props.id}
    >
      {inside}
    </button>
  );
}

/** A row of buttons or links, wrapping on a phone. */
export function ButtonRow({ children }: { children: ComponentChildren }) {
  return <div class="button-row">{children}</div>;
}

/** What fewer people want, behind one button that opens without script; give it quiet buttons. */
export function MoreActions({ children }: { children: ComponentChildren }) {
  const { t } = useFrame();
  return (
    <details class="more-actions">
      <summary class="button secondary">
        {t('shell.moreActions')}
        <Icon name="down" />
      </summary>
      <div>{children}</div>
    </details>
  );
}

type ConfirmPanelProps = {
  title: string;
  /** What will happen, one sentence each, with numbers. */
  consequences: string[];
  action: string;
  confirmLabel: string;
  cancelHref: string;
  /** Further fields: a reason, an order number. */
  children?: ComponentChildren;
  /** For what can be undone later: hides the sentence "this cannot be undone". */
  isReversible?: boolean;
  variant?: 'danger' | 'primary';
};

/** A page of its own (GET) that asks before a POST; the consequences stand before the button. */
export function ConfirmPanel(props: ConfirmPanelProps) {
  const { t } = useFrame();
  const variant = props.variant ?? (props.isReversible ? 'primary' : 'danger');
  return (
    <section class={`card confirm ${variant}`}>
      <h2>{props.title}</h2>
      <ul>
        {props.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {props.isReversible ? null : <p class="strong">{t('shell.cannotUndo')}</p>}
      <Form action={props.action}>
        {props.children}
        <ButtonRow>
          <Button variant={variant}>{props.confirmLabel}</Button>
          <Button variant="secondary" href={props.cancelHref}>
            {t('shell.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </section>
  );
}
