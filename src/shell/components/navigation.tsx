import type { MessageKey } from '../../kernel/i18n.ts';
import { figure } from '../figures.ts';
import { useFrame } from '../frame.ts';
import { Icon } from './icon.tsx';

type TabsProps = {
  label: string;
  /** Where a wrong choice in the address is led to. */
  id?: string;
  tabs: { label: string; href: string; isActive?: boolean; count?: number }[];
};

/** Links, since each tab is a page with its own address. */
export function Tabs({ label, id, tabs }: TabsProps) {
  const { language } = useFrame();
  return (
    <nav class="tabs" aria-label={label} id={id}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} aria-current={tab.isActive ? 'page' : undefined}>
              {tab.label}
              {tab.count === undefined ? null : <span class="count"> {figure(tab.count, language)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export type StepState = 'done' | 'current' | 'todo';

const stepWords: Record<StepState, MessageKey> = {
  done: 'shell.stepsDone',
  current: 'shell.stepsCurrent',
  todo: 'shell.stepsTodo',
};

export function Steps({
  steps,
  label,
}: {
  steps: { label: string; state: StepState; href?: string }[];
  label?: string;
}) {
  const { t } = useFrame();
  return (
    <ol class="steps" aria-label={label ?? t('shell.steps')}>
      {steps.map((step) => (
        <li key={step.label} class={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
          <span class="hidden-text">{t(stepWords[step.state])}: </span>
          {step.href ? <a href={step.href}>{step.label}</a> : <span>{step.label}</span>}
        </li>
      ))}
    </ol>
  );
}

type PaginationProps = {
  previousHref?: string;
  nextHref?: string | undefined;
  text?: string;
  /** What lies before and behind, where it is no page of a list. */
  labels?: [previous: string, next: string];
  /** What the page's address calls the key that the list goes on from. */
  pageKey?: string;
};

/**
 * Pages go by key, so there is a next and often a previous one, and no number of pages. From every page but the first a
 * link leads to the beginning.
 */
export function Pagination({ previousHref, nextHref, text, labels, pageKey = 'after' }: PaginationProps) {
  const { t, path = '' } = useFrame();
  const firstHref = labels ? undefined : beginningOf(path, pageKey, previousHref);
  if (!previousHref && !nextHref && !firstHref) return null;
  return (
    <nav class="pagination" aria-label={t('shell.pages')}>
      {firstHref ? (
        <a class="button secondary" href={firstHref} rel="first">
          {t('shell.firstPage')}
        </a>
      ) : null}
      {previousHref ? (
        <a class="button secondary" href={previousHref} rel="prev">
          <Icon name="back" />
          {labels?.[0] ?? t('shell.previousPage')}
        </a>
      ) : null}
      {text ? <span class="soft">{text}</span> : null}
      {nextHref ? (
        <a class="button secondary" href={nextHref} rel="next">
          {labels?.[1] ?? t('shell.nextPage')}
          <Icon name="arrow" />
        </a>
      ) : null}
    </nav>
  );
}

/** The same address without the key; of a list that also goes back, `before` is one that may have led to its beginning. */
function beginningOf(path: string, pageKey: string, previousHref: string | undefined): string | undefined {
  const [page = '', query = ''] = path.split('?');
  const asked = new URLSearchParams(query);
  if (!asked.has(pageKey) && !(asked.has('before') && previousHref)) return undefined;
  for (const key of [pageKey, 'before']) asked.delete(key);
  return asked.size > 0 ? `${page}?${asked}` : page;
}
