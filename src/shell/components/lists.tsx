import type { ComponentChildren } from 'preact';
import { useFrame } from '../frame.ts';

export type Task = {
  text: string;
  /** Makes the text itself the way to it. */
  href?: string;
  isDone: boolean;
  /** Answered, and not right: a cross instead of the empty ring of what is not begun. */
  isWrong?: boolean;
  /** Heard before the text where "met" or "open" would not be true. */
  spoken?: string;
  /** "3 में से 2 पूरे" or "पूरा · 12 अक्तूबर". */
  detail?: ComponentChildren;
  link?: { label: string; href: string };
  /** What it is made of, below it. */
  parts?: Task[];
};

/** The conditions of an order or a lesson, met and open. */
export function TaskList({ tasks }: { tasks: Task[] }) {
  const { t } = useFrame();
  return (
    <ul class="tasks">
      {tasks.map((task) => (
        <li key={task.text} class={task.isDone ? 'done' : task.isWrong ? 'wrong' : 'open'}>
          <TaskMark task={task} />
          <div>
            <p>
              <span class="hidden-text">
                {task.spoken ?? t(task.isDone ? 'shell.conditionDone' : 'shell.conditionOpen')}{' '}
              </span>
              {task.href ? <a href={task.href}>{task.text}</a> : task.text}
            </p>
            {task.detail || task.link ? (
              <p class="soft">
                {task.detail}
                {task.detail && task.link ? ' · ' : null}
                {task.link ? <a href={task.link.href}>{task.link.label}</a> : null}
              </p>
            ) : null}
            {task.parts ? <TaskList tasks={task.parts} /> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

function TaskMark({ task: { isDone, isWrong } }: { task: Task }) {
  return (
    <svg class="task-mark" width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <circle cx="14" cy="14" r="12.5" />
      {isDone ? <path d="M8.5 14.5 12.5 18.5 19.5 10.5" /> : null}
      {isWrong && !isDone ? <path d="M9.5 9.5 18.5 18.5M18.5 9.5 9.5 18.5" /> : null}
    </svg>
  );
}

export type SummaryRow = {
  label: string;
  value: ComponentChildren;
  changeHref?: string;
  /** For the ear: "बदलें: मोबाइल". */
  changeLabel?: string;
};

/** What is known about one thing, with a way to change each line. */
export function SummaryList({ rows }: { rows: SummaryRow[] }) {
  const { t } = useFrame();
  return (
    <dl class="summary-list">
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd>{row.value}</dd>
          {row.changeHref ? (
            <dd class="change">
              <a href={row.changeHref}>
                {row.changeLabel ?? t('shell.change')}
                <span class="hidden-text"> ({row.label})</span>
              </a>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}

/** A few facts in one line: "पाठ 5 · 32 मिनट". */
export function KeyValue({ items }: { items: { label: string; value: ComponentChildren }[] }) {
  return (
    <dl class="key-value">
      {items.map((item) => (
        <div key={item.label}>
          <dt>{item.label}:</dt> <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

type PersonLineProps = { name: string; href?: string; code?: string; detail?: ComponentChildren };

/** A person as a line of text, without picture or initials. */
export function PersonLine({ name, href, code, detail }: PersonLineProps) {
  return (
    <span class="person-line">
      <b>{href ? <a href={href}>{name}</a> : name}</b>
      {code ? <span class="code soft"> {code}</span> : null}
      {detail ? <span class="soft person-detail">{detail}</span> : null}
    </span>
  );
}

/** One touch selects the whole code, so that it can be copied without script. */
export function CopyCode({ label, children }: { label?: string; children: string }) {
  return (
    <p class="copy-code">
      {label ? <span class="soft">{label} </span> : null}
      <code>{children}</code>
    </p>
  );
}
