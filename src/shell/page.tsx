import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { translator } from '../kernel/i18n.ts';
import { Breadcrumbs } from './components/heading.tsx';
import { Flash } from './components/notice.tsx';
import type { PageFrame } from './frame.ts';
import { FrameContext } from './frame.ts';
import { keptMarkup } from './kept-markup.ts';
import { PageFooter } from './page-footer.tsx';
import { LearnerHeader, OfficeHeader, PublicHeader } from './page-header.tsx';

// Inline, so that no page asks for /favicon.ico; the same indigo square with the marigold point.
const favicon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%2325377a'/%3E%3Ccircle cx='11' cy='11' r='2.5' fill='%23f0a04b'/%3E%3C/svg%3E";

/** The whole HTML document. Its components learn language and CSRF token from the frame. */
export function renderPage(frame: PageFrame, body: ComponentChildren): string {
  const page = (
    <FrameContext.Provider value={{ language: frame.language, csrf: frame.csrf, path: frame.path }}>
      <html lang={frame.language} dir="ltr">
        <Head frame={frame} />
        <body class={`frame-${frame.navigation} ${widthClass(frame)}`}>
          <SkipLink frame={frame} />
          {frame.hasLineBar ? <LineBar frame={frame} /> : null}
          <Header frame={frame} />
          <Content frame={frame}>{body}</Content>
          <PageFooter frame={frame} />
        </body>
      </html>
    </FrameContext.Provider>
  );
  return `<!doctype html>${renderToString(page)}`;
}

function widthClass(frame: PageFrame): string {
  const width = frame.width ?? (frame.navigation === 'office' ? 'wide' : 'reading');
  return `width-${width}`;
}

function Head({ frame }: { frame: PageFrame }) {
  const t = translator(frame.language);
  const title = frame.hasErrors ? t('shell.errorTitle', { title: frame.title }) : frame.title;
  return (
    <head>
      <meta charset="utf-8" />
      <title>{`${title} · ${t('shell.brand')}`}</title>
      {keptMarkup(`head ${frame.assets.css}`, () => (
        <HeadOfAll css={frame.assets.css} />
      ))}
      {frame.refreshSeconds ? <meta http-equiv="refresh" content={String(frame.refreshSeconds)} /> : null}
      {frame.manifest ? <link rel="manifest" href={frame.manifest} /> : null}
      {frame.assets.scripts.map((script) => (
        <script key={script} type="module" src={script} nonce={frame.nonce} />
      ))}
    </head>
  );
}

function HeadOfAll({ css }: { css: string }) {
  return (
    <>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <link rel="icon" href={favicon} />
      <link rel="stylesheet" href={css} />
    </>
  );
}

function SkipLink({ frame }: { frame: PageFrame }) {
  return (
    <a class="skip-link" href="#main">
      {translator(frame.language)('shell.skipToContent')}
    </a>
  );
}

/** Where a broken line and an ended session are told, in sight wherever one has scrolled to. */
function LineBar({ frame }: { frame: PageFrame }) {
  const t = translator(frame.language);
  const words = {
    offline: t('shell.lineOffline'),
    held: t('shell.lineHeld'),
    waits: t('shell.lineWaits'),
    signedOut: t('shell.lineSignedOut'),
    signIn: t('shell.lineSignIn'),
    retry: t('shell.lineRetry'),
  };
  return <div id="line-bar" class="line-bar" role="status" hidden data-words={JSON.stringify(words)} />;
}

function Header({ frame }: { frame: PageFrame }) {
  if (frame.navigation === 'office') return <OfficeHeader frame={frame} />;
  if (frame.navigation === 'learner') return <LearnerHeader frame={frame} />;
  return <PublicHeader frame={frame} />;
}

function Content({ frame, children }: { frame: PageFrame; children: ComponentChildren }) {
  const t = translator(frame.language);
  return (
    <div class="content">
      <div class="print-head" aria-hidden="true">
        <b>{t('shell.brand')}</b> · {frame.title}
        {frame.asOf ? ` · ${t('shell.asOf', { asOf: frame.asOf })}` : ''}
      </div>
      {frame.demo ? <aside class="demo-note">{t('shell.demo')}</aside> : null}
      {frame.breadcrumbs?.length ? <Breadcrumbs items={frame.breadcrumbs} /> : null}
      <main id="main" tabIndex={-1}>
        {frame.flash ? <Flash kind={frame.flash.kind}>{frame.flash.text}</Flash> : null}
        {children}
      </main>
    </div>
  );
}
