import { Fragment } from 'preact';
import type { Language } from '../kernel/i18n.ts';
import { languages, translator } from '../kernel/i18n.ts';
import { Icon } from './components/icon.tsx';
import { waitingFigure } from './figures.ts';
import type { FrameLink, PageFrame } from './frame.ts';
import { keptMarkup } from './kept-markup.ts';

type Props = { frame: PageFrame };

// Each language is named in itself, so that whoever cannot read the page finds the way out of it.
const ownNames: Record<Language, string> = { hi: 'हिन्दी', en: 'English' };

export function WordMark({ frame }: Props) {
  const t = translator(frame.language);
  return (
    <a class="word-mark" href={frame.navigation === 'office' ? homes(frame).office : homes(frame).learning}>
      {t('shell.brand')}
      <span aria-hidden="true">.</span>
    </a>
  );
}

export function LanguageSwitch({ frame }: Props) {
  const back = encodeURIComponent(frame.path);
  return (
    <p class="language-switch">
      <span class="hidden-text">{translator(frame.language)('shell.languageSwitch')}: </span>
      {languages.map((language) =>
        language === frame.language ? (
          <span key={language} aria-current="true">
            {ownNames[language]}
          </span>
        ) : (
          <a
            key={language}
            href={`/language?to=${language}&back=${back}`}
            lang={language}
            hreflang={language}
          >
            {ownNames[language]}
          </a>
        ),
      )}
    </p>
  );
}

/** The same for all who have the same links, on the pages that belong to one of them. */
export function NavigationLinks({ frame }: Props) {
  const links = frame.links.map(
    (link) => `${link.heading ?? ''}\n${link.label}\n${link.href}\n${link.badge ?? ''}`,
  );
  const name = ['links', frame.language, frame.activeLink, ...links].join('\n');
  return keptMarkup(name, () => <LinkList frame={frame} />);
}

function LinkList({ frame }: Props) {
  const headings = [...new Set(frame.links.map((link) => link.heading))];
  return (
    <>
      {headings.map((heading) => (
        <Fragment key={heading}>
          {heading ? <p class="nav-heading">{heading}</p> : null}
          <ul>
            {frame.links
              .filter((link) => link.heading === heading)
              .map((link) => (
                <li key={link.key}>
                  <NavigationLink link={link} frame={frame} />
                </li>
              ))}
          </ul>
        </Fragment>
      ))}
    </>
  );
}

function NavigationLink({ link, frame }: { link: FrameLink; frame: PageFrame }) {
  const t = translator(frame.language);
  const badge = link.badge && link.badge > 0 ? waitingFigure(link.badge, frame.language) : '';
  return (
    <a href={link.href} aria-current={link.key === frame.activeLink ? 'page' : undefined}>
      {link.icon ? <Icon name={link.icon} size={24} /> : null}
      <span>{link.label}</span>
      {badge ? (
        <span class="badge">
          <span aria-hidden="true">{badge}</span>
          <span class="hidden-text">{t('shell.badge', { count: badge })}</span>
        </span>
      ) : null}
    </a>
  );
}

/** Who is signed in, the way to the other half of the product, and out. */
export function Account({ frame }: Props) {
  const t = translator(frame.language);
  if (!frame.actor) return null;
  const isOffice = frame.navigation === 'office';
  return (
    <div class="account">
      <p>
        <b>{frame.actor.name}</b>
        {frame.actor.subtitle ? <span>{frame.actor.subtitle}</span> : null}
      </p>
      {frame.isAlsoLearner ? (
        <a href={isOffice ? homes(frame).learning : homes(frame).office}>
          {isOffice ? t('shell.myLearning') : t('shell.office')}
        </a>
      ) : null}
      <form method="post" action="/sign-out">
        {frame.csrf ? <input type="hidden" name="_csrf" value={frame.csrf} /> : null}
        <button type="submit">{t('shell.signOut')}</button>
      </form>
    </div>
  );
}

/** Where the two halves of the product begin. */
export function homes(frame: PageFrame): { learning: string; office: string } {
  return frame.homes ?? { learning: '/', office: '/office' };
}
