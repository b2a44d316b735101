import type { ComponentChildren } from 'preact';
import type { Language } from '../../kernel/i18n.ts';
import { languageName } from '../../kernel/languages.ts';
import { figure, percentFigure } from '../figures.ts';
import { useFrame } from '../frame.ts';
import { Form } from './form.tsx';
import { Icon } from './icon.tsx';
import type { TagTone } from './notice.tsx';
import { Tag } from './notice.tsx';
import { ProgressBar } from './progress.tsx';

export type CourseCardProps = {
  title: string;
  href: string;
  /** The title's language, where it is not the page's. */
  titleLanguage?: Language;
  minutes?: number;
  /** What opening it will fetch. */
  megabytes?: number;
  languages?: string[];
  tags?: string[];
  /** 0 to 100; leave out before it was begun. */
  progressPercent?: number;
  status?: { tone: TagTone; label: string };
  /** One line: "5 में से 2 पाठ · फ़ोन में सहेजा हुआ". */
  detail?: ComponentChildren;
  action?: { label: string; href: string };
  headingLevel?: 2 | 3;
};

/** One course in a list; several stand in `<CourseList>`. */
export function CourseCard(props: CourseCardProps) {
  const Heading = props.headingLevel === 2 ? 'h2' : 'h3';
  return (
    <li class="course">
      <div class="course-main">
        <Heading lang={props.titleLanguage}>
          <a href={props.href}>{props.title}</a>
        </Heading>
        <CourseFacts {...props} />
        {props.tags?.length ? (
          <p class="course-tags">
            {props.tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </p>
        ) : null}
        {props.progressPercent === undefined ? null : (
          <ProgressBar percent={props.progressPercent} label={props.title} />
        )}
      </div>
      {props.status || props.action ? (
        <div class="course-side">
          {props.status ? <Tag tone={props.status.tone}>{props.status.label}</Tag> : null}
          {props.action ? (
            <a href={props.action.href}>
              {props.action.label}
              <span class="hidden-text">: {props.title}</span>
            </a>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

export function CourseList({ children }: { children: ComponentChildren }) {
  return <ul class="courses">{children}</ul>;
}

function CourseFacts(props: CourseCardProps) {
  const { t, language } = useFrame();
  const facts: ComponentChildren[] = [];
  if (props.minutes !== undefined)
    facts.push(t('shell.minutes', { minutes: figure(props.minutes, language) }));
  if (props.megabytes !== undefined)
    facts.push(t('shell.megabytes', { size: figure(props.megabytes, language) }));
  for (const code of props.languages ?? []) facts.push(languageName(code, t));
  if (props.progressPercent !== undefined) {
    facts.push(t('shell.progressOf', { percent: percentFigure(props.progressPercent, language) }));
  }
  const line = facts.join(' · ');
  return (
    <>
      {props.detail ? <p class="soft">{props.detail}</p> : null}
      {line ? <p class="soft">{line}</p> : null}
    </>
  );
}

type ContinueCardProps = {
  title: string;
  /** "पाठ 3 · वीडियो में 4 मिनट बाकी · 0.8 MB" */
  detail?: ComponentChildren;
  /** None where time, not progress, counts. */
  progressPercent?: number;
  /** Where the button leads: a page (`href`), or a POST (`action`). */
  href?: string;
  action?: string;
  actionLabel?: string;
  eyebrow?: string;
  titleLanguage?: Language;
};

/** The first thing on a learner's home: where to go on. */
export function ContinueCard(props: ContinueCardProps) {
  const { t } = useFrame();
  const label = props.actionLabel ?? t('shell.continueAction');
  return (
    <section class="continue">
      <p class="eyebrow">{props.eyebrow ?? t('shell.continueEyebrow')}</p>
      <h2 lang={props.titleLanguage}>{props.title}</h2>
      {props.detail ? <p>{props.detail}</p> : null}
      {props.progressPercent === undefined ? null : (
        <ProgressBar percent={props.progressPercent} label={props.title} tone="on-hero" />
      )}
      {props.action ? (
        <Form action={props.action}>
          <button class="button on-hero" type="submit">
            <PlayMark />
            {label}
          </button>
        </Form>
      ) : (
        <a class="button on-hero" href={props.href}>
          <PlayMark />
          {label}
        </a>
      )}
    </section>
  );
}

function PlayMark() {
  return (
    <span class="filled">
      <Icon name="play" />
    </span>
  );
}
