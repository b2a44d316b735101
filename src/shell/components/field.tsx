import type { ComponentChildren } from 'preact';
import { useFrame } from '../frame.ts';

export type FieldProps = {
  name: string;
  label: string;
  /** Defaults to `name`; ErrorSummary leads there. */
  id?: string;
  hint?: ComponentChildren;
  /** Begins with what is wrong; may go on with links that put it right. */
  error?: ComponentChildren;
  /** Sets `required`; fields are required unless marked, so the label marks the optional ones. */
  isRequired?: boolean;
  isOptional?: boolean;
  isDisabled?: boolean;
  /** For a page whose label is already its h1. */
  isLabelHidden?: boolean;
};

export type Choice = { value: string; label: string; hint?: ComponentChildren; isDisabled?: boolean };

/** Label, hint and error around one control of your own, which takes `controlProps(props)`. */
export function Field(props: FieldProps & { children: ComponentChildren }) {
  const { t } = useFrame();
  const id = props.id ?? props.name;
  return (
    <div class={`field${props.error ? ' has-error' : ''}`}>
      <label for={id} class={props.isLabelHidden ? 'hidden-text' : undefined}>
        {props.label}
        {props.isOptional ? <span class="soft"> {t('shell.optional')}</span> : null}
      </label>
      <FieldNotes {...props} />
      {props.children}
    </div>
  );
}

export function FieldNotes(props: FieldProps) {
  const { t } = useFrame();
  const id = props.id ?? props.name;
  return (
    <>
      {props.hint ? (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      ) : null}
      {props.error ? (
        <p class="field-error" id={`${id}-error`}>
          <span class="hidden-text">{t('shell.errorPrefix')} </span>
          {props.error}
        </p>
      ) : null}
    </>
  );
}

export function describedBy(props: FieldProps): string | undefined {
  const id = props.id ?? props.name;
  const ids = [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

export function controlProps(props: FieldProps) {
  return {
    id: props.id ?? props.name,
    name: props.name,
    required: props.isRequired,
    disabled: props.isDisabled,
    'aria-describedby': describedBy(props),
    'aria-invalid': props.error ? ('true' as const) : undefined,
  };
}
