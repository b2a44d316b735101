import type { ComponentChildren } from 'preact';
import { directionOf } from '../../kernel/languages.ts';
import type { Crumb } from '../frame.ts';
import { useFrame } from '../frame.ts';

type PageHeadingProps = {
  title: string;
  /** One line below: office, "as of", view, link to definitions. */
  lead?: ComponentChildren;
  /** Buttons; at most three, the primary one last. */
  actions?: ComponentChildren;
  /** Where the title is in another language than the page. */
  lang?: string;
};

/** The one h1 of a page. */
export function PageHeading({ title, lead, actions, lang }: PageHeadingProps) {
  return (
    <div class="page-heading">
      <div>
        <h1 lang={lang} dir={lang && directionOf(lang) === 'rtl' ? 'rtl' : undefined}>
          {title}
        </h1>
        {lead ? <p class="lead">{lead}</p> : null}
      </div>
      {actions ? <div class="actions">{actions}</div> : null}
    </div>
  );
}

export function Breadcrumbs({ items }: { items: Crumb[] }) {
  const { t } = useFrame();
  return (
    <nav class="breadcrumbs" aria-label={t('shell.breadcrumbs')}>
      <ol>
        {items.map((item) => (
          <li key={item.label}>
            {item.href ? <a href={item.href}>{item.label}</a> : <span aria-current="page">{item.label}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}
