import { translator } from '../kernel/i18n.ts';
import type { PageFrame } from './frame.ts';

const directory = 'https://lgdirectory.gov.in';

export function PageFooter({ frame }: { frame: PageFrame }) {
  const t = translator(frame.language);
  return (
    <footer class="foot">
      <nav aria-label={t('shell.footerLinks')}>
        <ul>
          <li>
            <a href={frame.helpHref ?? '/help'}>{t('shell.help')}</a>
          </li>
          <li>
            <a href="/privacy">{t('shell.privacy')}</a>
          </li>
          <li>
            <a href="/accessibility">{t('shell.accessibility')}</a>
          </li>
        </ul>
      </nav>
      <p>
        {t('shell.attributionBefore')}
        <a href={directory}>{directory}</a>
        {t('shell.attributionAfter')}
      </p>
    </footer>
  );
}
