import type { ComponentChildren } from 'preact';
import { useFrame } from '../frame.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

type FormProps = {
  action: string;
  /** `post` carries the CSRF token of the frame by itself. */
  method?: 'post' | 'get';
  /** Needed when the form holds a FileField; puts the token into the address too. */
  hasFiles?: boolean;
  id?: string;
  label?: string;
  /** What it carries must not be lost: a script asks for line and session before it goes. */
  isCarried?: true;
  children: ComponentChildren;
};

/** The server's messages replace the browser's bubbles, which speak the browser's language. */
export function Form({ action, method = 'post', hasFiles, id, label, isCarried, children }: FormProps) {
  const { csrf } = useFrame();
  return (
    <form
      class="form"
      action={hasFiles && csrf ? withToken(action, csrf) : action}
      method={method}
      id={id}
      aria-label={label}
      enctype={hasFiles ? 'multipart/form-data' : undefined}
      noValidate
      data-line={isCarried ? '' : undefined}
    >
      {method === 'post' && csrf ? <input type="hidden" name="_csrf" value={csrf} /> : null}
      {children}
    </form>
  );
}

/** An upload is read as a stream, so its token must be known before the body: it goes in the address. */
function withToken(action: string, csrf: string): string {
  return `${action}${action.includes('?') ? '&' : '?'}_csrf=${encodeURIComponent(csrf)}`;
}

/** Undefined values are left out. */
export function HiddenFields({ values }: { values: Record<string, string | number | undefined> }) {
  return (
    <>
      {Object.entries(values).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
    </>
  );
}

export type FieldError = { field: string; text: string };

// Moves the focus to the summary without script. Spread, since the linter means text fields by its rule.
const focusFirst = { autofocus: true };

type SummaryProps = {
  errors: FieldError[];
  title?: string;
  /** Names of fields, put before sentences that do not name theirs themselves. */
  labels?: Record<string, string>;
};

/** Stands first in the page's body when a form comes back; each line leads to its field (`id` = `name`). */
export function ErrorSummary({ errors, title, labels = {} }: SummaryProps) {
  const { t } = useFrame();
  if (errors.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabIndex={-1} {...focusFirst}>
      <h2>{title ?? t('shell.errorSummaryTitle')}</h2>
      <ul>
        {errors.map((error) => (
          <li key={`${error.field}${error.text}`}>
            <a href={`#${error.field}`}>
              {labels[error.field] ? `${labels[error.field]}: ` : ''}
              {error.text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The message for one field, for the `error` prop. */
export function errorFor(errors: FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.text;
}

type FilterBarProps = {
  action: string;
  children: ComponentChildren;
  /** Shown when something is filtered. */
  resetHref?: string;
  submitLabel?: string;
  /** What must survive the filtering: sort, as-of. */
  hidden?: Record<string, string | number | undefined>;
};

/** A GET form above a table; the page's address holds the whole state. */
export function FilterBar({ action, children, resetHref, submitLabel, hidden }: FilterBarProps) {
  const { t } = useFrame();
  return (
    <search class="filter-bar">
      <form action={action} method="get" aria-label={t('shell.filters')}>
        {hidden ? <HiddenFields values={hidden} /> : null}
        {children}
        <div class="button-row">
          <Button variant="secondary" icon="filter">
            {submitLabel ?? t('shell.apply')}
          </Button>
          {resetHref ? (
            <a class="button quiet" href={resetHref}>
              <Icon name="close" />
              {t('shell.reset')}
            </a>
          ) : null}
        </div>
      </form>
    </search>
  );
}
