import { translator } from '../kernel/i18n.ts';
import { Icon } from './components/icon.tsx';
import type { PageFrame } from './frame.ts';
import { Account, homes, LanguageSwitch, NavigationLinks, WordMark } from './page-navigation.tsx';

type Props = { frame: PageFrame };

export function PublicHeader({ frame }: Props) {
  return (
    <header class="top">
      <WordMark frame={frame} />
      {frame.links.length > 0 ? <Navigation frame={frame} className="top-nav" /> : null}
      <LanguageSwitch frame={frame} />
    </header>
  );
}

/** The same list is a bar at the bottom of a phone and stands in the header of a wide screen. */
export function LearnerHeader({ frame }: Props) {
  return (
    <header class="top">
      <WordMark frame={frame} />
      <Navigation frame={frame} className="top-nav bottom-bar" />
      <OfficeLink frame={frame} />
      <LanguageSwitch frame={frame} />
      <AccountMenu frame={frame} />
    </header>
  );
}

/**
 * The list stands twice in the document, since a closed <details> cannot be opened by CSS in every
 * browser that officers have. At each width one of the two is `display: none`.
 */
export function OfficeHeader({ frame }: Props) {
  const t = translator(frame.language);
  return (
    <header class="office-head">
      <div class="office-bar">
        <WordMark frame={frame} />
        <LanguageSwitch frame={frame} />
        <details class="office-menu">
          <summary>
            <Icon name="menu" />
            {t('shell.menu')}
          </summary>
          <div class="office-panel">
            <Navigation frame={frame} className="side-nav" />
            <Account frame={frame} />
          </div>
        </details>
      </div>
      <div class="office-side">
        <WordMark frame={frame} />
        <Navigation frame={frame} className="side-nav" />
        <div class="office-foot">
          <Account frame={frame} />
          <LanguageSwitch frame={frame} />
        </div>
      </div>
    </header>
  );
}

function Navigation({ frame, className }: Props & { className: string }) {
  return (
    <nav class={className} aria-label={translator(frame.language)('shell.mainNavigation')}>
      <NavigationLinks frame={frame} />
    </nav>
  );
}

/** Most who work for an office look for it here first; a phone has it in the account's menu. */
function OfficeLink({ frame }: Props) {
  if (!frame.isAlsoLearner) return null;
  return (
    <a class="office-link" href={homes(frame).office}>
      {translator(frame.language)('shell.office')}
    </a>
  );
}

function AccountMenu({ frame }: Props) {
  if (!frame.actor) return null;
  return (
    <details class="account-menu">
      <summary>
        <Icon name="person" />
        <span class="account-name">{frame.actor.name}</span>
        <span class="hidden-text">{translator(frame.language)('shell.account')}</span>
      </summary>
      <div class="account-panel">
        <Account frame={frame} />
      </div>
    </details>
  );
}
