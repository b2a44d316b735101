import type { ComponentChildren } from 'preact';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

type CardProps = {
  title?: string;
  headingLevel?: 2 | 3;
  lead?: ComponentChildren;
  /** Right of the title: a Tag or a link. */
  aside?: ComponentChildren;
  /** `needs-you` has the marigold edge. */
  tone?: 'plain' | 'needs-you' | 'done';
  id?: string;
  children?: ComponentChildren;
};

export function Card({ title, headingLevel = 2, lead, aside, tone = 'plain', id, children }: CardProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <section class={`card ${tone}`} id={id}>
      {title || aside ? (
        <div class="card-head">
          {title ? <Heading>{title}</Heading> : null}
          {aside ? <div class="card-aside">{aside}</div> : null}
        </div>
      ) : null}
      {lead ? <p class="lead">{lead}</p> : null}
      {children}
    </section>
  );
}

/** Cards side by side where there is room. `main-side` gives the first one more of it. */
export function Grid({
  columns = 'equal',
  children,
}: {
  columns?: 'equal' | 'main-side' | 'three';
  children: ComponentChildren;
}) {
  return <div class={`grid ${columns}`}>{children}</div>;
}

/** Running text of a lesson or a policy: readable measure, space between paragraphs. */
export function Prose({ children, lang }: { children: ComponentChildren; lang?: string }) {
  return (
    <div class="prose" lang={lang}>
      {children}
    </div>
  );
}

type DetailsProps = { summary: string; isOpen?: boolean; children: ComponentChildren };

export function Details({ summary, isOpen, children }: DetailsProps) {
  return (
    <details class="details" open={isOpen}>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}

type EmptyStateProps = {
  title: string;
  /** What to do first, in one sentence. */
  children: ComponentChildren;
  icon?: IconName;
  /** The Button that does it. */
  action?: ComponentChildren;
  headingLevel?: 2 | 3;
};

export function EmptyState({ title, children, icon = 'file', action, headingLevel = 2 }: EmptyStateProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <div class="empty">
      <Icon name={icon} size={40} />
      <Heading>{title}</Heading>
      <p>{children}</p>
      {action}
    </div>
  );
}
