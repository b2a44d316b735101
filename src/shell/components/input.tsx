import { useFrame } from '../frame.ts';
import type { Choice, FieldProps } from './field.tsx';
import { controlProps, Field } from './field.tsx';

type InputWidth = 'short' | 'medium' | 'full';

export type TextFieldProps = FieldProps & {
  value?: string;
  type?: 'text' | 'email' | 'tel' | 'search' | 'url' | 'number';
  autocomplete?: string;
  inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search' | 'url' | 'none';
  maxLength?: number;
  pattern?: string;
  placeholder?: string;
  width?: InputWidth;
  lang?: string;
  dir?: 'ltr' | 'rtl';
  spellcheck?: boolean;
  /** A unit behind the field: "मिनट", "%". */
  suffix?: string;
};

export function TextField(props: TextFieldProps) {
  const input = (
    <input
      {...controlProps(props)}
      // Preact types one shape of input for each type; ours share theirs.
      type={(props.type ?? 'text') as 'text'}
      class={props.width ?? 'full'}
      value={props.value}
      autocomplete={props.autocomplete}
      inputmode={props.inputmode}
      maxLength={props.maxLength}
      pattern={props.pattern}
      placeholder={props.placeholder}
      lang={props.lang}
      dir={props.dir}
      spellcheck={props.spellcheck}
    />
  );
  return (
    <Field {...props}>
      {props.suffix ? (
        <div class="with-suffix">
          {input}
          <span>{props.suffix}</span>
        </div>
      ) : (
        input
      )}
    </Field>
  );
}

/** What was typed never comes back in the page. */
export function PasswordField(
  props: FieldProps & { autocomplete: 'current-password' | 'new-password' | 'one-time-code' },
) {
  return (
    <Field {...props}>
      <input {...controlProps(props)} type="password" class="full" autocomplete={props.autocomplete} />
    </Field>
  );
}

export function TextArea(
  props: FieldProps & {
    value?: string;
    rows?: number;
    maxLength?: number;
    lang?: string;
    dir?: 'ltr' | 'rtl';
  },
) {
  return (
    <Field {...props}>
      <textarea
        {...controlProps(props)}
        rows={props.rows ?? 4}
        maxLength={props.maxLength}
        lang={props.lang}
        dir={props.dir}
      >
        {props.value}
      </textarea>
    </Field>
  );
}

/** `value`, `min`, `max` are YYYY-MM-DD. */
export function DateField(props: FieldProps & { value?: string; min?: string; max?: string }) {
  return (
    <Field {...props}>
      <input
        {...controlProps(props)}
        type="date"
        class="medium"
        value={props.value}
        min={props.min}
        max={props.max}
      />
    </Field>
  );
}

type FileFieldProps = FieldProps & {
  /** As for `<input accept>`: ".csv,.xlsx". */
  accept?: string;
  maximumMegabytes?: number;
  isMultiple?: boolean;
};

export function FileField(props: FileFieldProps) {
  const { t } = useFrame();
  const limits = [
    props.accept ? t('shell.fileTypes', { types: props.accept.replaceAll(',', ', ') }) : '',
    props.maximumMegabytes ? t('shell.maximumSize', { size: props.maximumMegabytes }) : '',
  ].filter(Boolean);
  const hint = limits.length > 0 ? [props.hint, props.hint ? ' ' : '', limits.join(' · ')] : props.hint;
  const told = { ...props, hint };
  return (
    <Field {...told}>
      <input {...controlProps(told)} type="file" accept={props.accept} multiple={props.isMultiple} />
    </Field>
  );
}

type ChoiceGroup = { label: string; options: Choice[] };

type SelectFieldProps = FieldProps & {
  value?: string;
  options: (Choice | ChoiceGroup)[];
  /** First, empty option; `true` for the usual word. */
  emptyLabel?: string | true;
};

export function SelectField(props: SelectFieldProps) {
  const { t } = useFrame();
  return (
    <Field {...props}>
      <select {...controlProps(props)}>
        {props.emptyLabel ? (
          <option value="">{props.emptyLabel === true ? t('shell.chooseOne') : props.emptyLabel}</option>
        ) : null}
        {props.options.map((option) =>
          'options' in option ? (
            <optgroup key={option.label} label={option.label}>
              {option.options.map((choice) => toOption(choice, props.value))}
            </optgroup>
          ) : (
            toOption(option, props.value)
          ),
        )}
      </select>
    </Field>
  );
}

function toOption(choice: Choice, selected: string | undefined) {
  return (
    <option
      key={choice.value}
      value={choice.value}
      selected={choice.value === selected}
      disabled={choice.isDisabled}
    >
      {choice.label}
    </option>
  );
}
