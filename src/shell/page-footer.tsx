import { type Language, translator } from '../kernel/i18n.ts';
import type { PageFrame } from './frame.ts';
import { keptMarkup } from './kept-markup.ts';

const directory = 'https://lgdirectory.gov.in';

export function PageFooter({ frame }: { frame: PageFrame }) {
  const { language } = frame;
  const t = translator(language);
  return (
    <footer class="foot">
      <nav aria-label={t('shell.footerLinks')}>
        <ul>
          <li>
            <a href={frame.helpHref ?? '/help'}>{t('shell.help')}</a>
          </li>
          {keptMarkup(`footer links ${language}`, () => (
            <Policies language={language} />
          ))}
        </ul>
      </nav>
      {keptMarkup(`attribution ${language}`, () => (
        <Attribution language={language} />
      ))}
    </footer>
  );
}

function Policies({ language }: { language: Language }) {
  const t = translator(language);
  return (
    <>
      <li>
        <a href="/privacy">{t('shell.privacy')}</a>
      </li>
      <li>
        <a href="/accessibility">{t('shell.accessibility')}</a>
      </li>
    </>
  );
}

function Attribution({ language }: { language: Language }) {
  const t = translator(language);
  return (
    <p>
      {t('shell.attributionBefore')}
      <a href={directory}>{directory}</a>
      {t('shell.attributionAfter')}
    </p>
  );
}
