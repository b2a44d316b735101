import type { ComponentChildren } from 'preact';
import { useFrame } from '../frame.ts';
import type { Choice, FieldProps } from './field.tsx';
import { describedBy, FieldNotes } from './field.tsx';

type GroupProps = FieldProps & { options: Choice[]; isInline?: boolean };

export function RadioGroup(props: GroupProps & { value?: string }) {
  return (
    <Group {...props}>
      {props.options.map((option, index) => (
        <Option
          key={option.value}
          type="radio"
          group={props}
          option={option}
          index={index}
          isChecked={option.value === props.value}
        />
      ))}
    </Group>
  );
}

/** Sends one `name=value` for each box that is ticked. */
export function CheckboxGroup(props: GroupProps & { values?: string[] }) {
  return (
    <Group {...props}>
      {props.options.map((option, index) => (
        <Option
          key={option.value}
          type="checkbox"
          group={props}
          option={option}
          index={index}
          isChecked={props.values?.includes(option.value) ?? false}
        />
      ))}
    </Group>
  );
}

type CheckboxProps = FieldProps & { value?: string; isChecked?: boolean };

/** One box by itself: a consent, a setting. */
export function Checkbox(props: CheckboxProps) {
  const option = { value: props.value ?? 'yes', label: props.label };
  return (
    <div class={`field${props.error ? ' has-error' : ''}`}>
      <FieldNotes {...props} />
      <Option type="checkbox" group={props} option={option} index={0} isChecked={props.isChecked ?? false} />
    </div>
  );
}

function Group(props: GroupProps & { children: ComponentChildren }) {
  const { t } = useFrame();
  return (
    <fieldset class={`field${props.error ? ' has-error' : ''}`} aria-describedby={describedBy(props)}>
      <legend class={props.isLabelHidden ? 'hidden-text' : undefined}>
        {props.label}
        {props.isOptional ? <span class="soft"> {t('shell.optional')}</span> : null}
      </legend>
      <FieldNotes {...props} />
      <div class={`options${props.isInline ? ' is-inline' : ''}`}>{props.children}</div>
    </fieldset>
  );
}

type OptionProps = {
  type: 'radio' | 'checkbox';
  group: FieldProps;
  option: Choice;
  index: number;
  isChecked: boolean;
};

/** The first option carries the field's id, so that the error summary leads to it. */
function Option({ type, group, option, index, isChecked }: OptionProps) {
  const base = group.id ?? group.name;
  const id = index === 0 ? base : `${base}-${index + 1}`;
  const isAlone = type === 'checkbox' && option.label === group.label;
  return (
    <div class="option">
      <input
        type={type}
        id={id}
        name={group.name}
        value={option.value}
        checked={isChecked}
        required={type === 'radio' || isAlone ? group.isRequired : undefined}
        disabled={group.isDisabled || option.isDisabled}
        aria-describedby={isAlone ? describedBy(group) : option.hint ? `${id}-note` : undefined}
        aria-invalid={isAlone && group.error ? 'true' : undefined}
      />
      <label for={id}>{option.label}</label>
      {option.hint ? (
        <p class="hint" id={`${id}-note`}>
          {option.hint}
        </p>
      ) : null}
    </div>
  );
}
