import type { ComponentChildren } from 'preact';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language, Translate } from '../kernel/i18n.ts';
import { translator } from '../kernel/i18n.ts';
import type { IconName } from './components/icon.tsx';

export type FrameLink = {
  key: string;
  label: string;
  href: string;
  icon?: IconName;
  /** Links that follow one another under the same heading are a list of their own. */
  heading?: string;
  /** A count that waits for the reader; shown only when above zero. */
  badge?: number;
};

export type Crumb = { label: string; href?: string };

export type FlashMessage = { kind: 'success' | 'error' | 'info'; text: string };

/** What every page tells its frame. `path` is path and query, so that a change of language keeps the page. */
export type PageFrame = {
  language: Language;
  title: string;
  path: string;
  assets: { css: string; scripts: string[] };
  nonce?: string;
  /** Of a page that can be installed on a phone. */
  manifest?: string;
  csrf?: string;
  actor?: { name: string; subtitle?: string };
  navigation: 'public' | 'learner' | 'office';
  links: FrameLink[];
  /** The `key` of the link that this page belongs to. */
  activeLink?: string;
  breadcrumbs?: Crumb[];
  /** Shows the notice that people and figures are invented. */
  demo?: boolean;
  flash?: FlashMessage;
  helpHref?: string;
  /** A learner's page: a script holds what a broken line would lose, and says so in a bar. */
  hasLineBar?: boolean;
  /** Offers the way between "my learning" (`/`) and "office" (`/office`). */
  isAlsoLearner?: boolean;
  /** Marks the document's title, so that a screen reader says first that something was wrong. */
  hasErrors?: boolean;
  /** Already formatted; printed in the head of a printed page. */
  asOf?: string;
  /** `reading` is one column of 46rem (default for public and learner), `wide` fills the screen (office). */
  width?: 'reading' | 'wide';
  /** Reloads the page by itself. Only after the reader asked for it (WCAG 2.2.1): see JobProgress. */
  refreshSeconds?: number;
  /** Where the two halves of the product begin, for people who have both. */
  homes?: { learning: string; office: string };
};

type FrameValues = { language: Language; csrf?: string; path?: string };

/**
 * Language, CSRF token and the page's address reach every component through this context, so that forms cannot be
 * written without a token and no component has to be told the language, or where it stands.
 */
export const FrameContext = createContext<FrameValues>({ language: 'hi' });

export function useFrame(): FrameValues & { t: Translate } {
  const values = useContext(FrameContext);
  return { ...values, t: translator(values.language) };
}

export type WithChildren = { children?: ComponentChildren };
