import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { type Actor, grantsOf } from '../../kernel/context.ts';
import type { Refusal } from '../../kernel/errors.ts';
import type { Runtime } from '../../kernel/feature.ts';
import { csrfTokenOf } from '../../kernel/http/csrf.ts';
import { bugText } from '../../kernel/http/problems.ts';
import { type MessageKey, pick, translator } from '../../kernel/i18n.ts';
import type { Crumb, FlashMessage } from '../frame.ts';
import { Button, ButtonRow, ErrorSummary, PageHeading } from '../index.ts';
import { renderPage } from '../page.tsx';
import { assetUrl } from './assets.ts';
import { linksFor, officeHome } from './links.ts';
import { type Waiting, waitingWork } from './waiting.tsx';

export type PageOptions = {
  title: string;
  /** Which navigation frames the page. Default: 'learner' for the signed-in, else 'public'. */
  area?: 'public' | 'learner' | 'office';
  activeLink?: string;
  breadcrumbs?: Crumb[];
  /** Offers the way back to the page that led here, where its path begins so: for pages that many lead to. */
  backTo?: string;
  /** Islands by their built name, such as `player.js`. */
  scripts?: string[];
  /** The web manifest of a page that can be installed. */
  manifest?: string;
  /** The page is kept on the phone: without a network there is nothing to wait for. */
  worksOffline?: boolean;
  /** Kept on phones for whoever opens it, also signed in: its head offers no account and leads nowhere. */
  isForNobody?: boolean;
  hasErrors?: boolean;
  asOf?: string;
  width?: 'reading' | 'wide';
  refreshSeconds?: number;
  status?: number;
};

let secret = '';

/** Given once at start; pages need it for the form token. */
export function preparePages(runtime: Pick<Runtime, 'secret'>): void {
  secret = runtime.secret;
}

/** Answers with a whole page in the shell's frame. Pages of the signed-in are never cached. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  options: PageOptions,
  body: ComponentChildren,
) {
  reply.header('cache-control', 'no-store');
  if (options.status) reply.status(options.status);
  const flash = takeFlash(request, reply);
  const send = (waiting: Waiting[]) =>
    reply.type('text/html; charset=utf-8').send(pageText(request, options, { body, flash, waiting }));
  const waiting = options.area === 'office' ? waitingWork(request.ctx) : undefined;
  return waiting ? waiting.then(send) : send([]);
}

type Parts = { body: ComponentChildren; flash?: FlashMessage; waiting?: Waiting[] };

function pageText(
  request: FastifyRequest,
  options: PageOptions,
  { body, flash, waiting = [] }: Parts,
): string {
  const { actor, language, config } = request.ctx;
  const area = options.area ?? (actor.kind === 'anonymous' ? 'public' : 'learner');
  const hasOffice = grantsOf(actor).length > 0;
  const hasLineBar = area === 'learner' && actor.kind === 'person' && !options.worksOffline;
  const scripts = [...(hasLineBar ? ['line-lost.js'] : []), ...(options.scripts ?? [])];
  return renderPage(
    {
      language,
      title: options.title,
      path: wayBack(request),
      assets: { css: assetUrl('app.css'), scripts: scripts.map(assetUrl) },
      csrf: csrfOf(actor),
      actor: actor.kind === 'person' ? personLine(actor, language) : undefined,
      navigation: area,
      links: options.isForNobody ? [] : linksFor(actor, area, { language, waiting }),
      activeLink: options.activeLink,
      breadcrumbs: options.breadcrumbs,
      demo: config.isDemonstration,
      flash,
      helpHref: actor.kind === 'person' ? `/help?from=${encodeURIComponent(request.url)}` : undefined,
      isAlsoLearner: actor.kind === 'person' && hasOffice,
      hasLineBar,
      hasErrors: options.hasErrors,
      asOf: options.asOf,
      width: options.width,
      refreshSeconds: options.refreshSeconds,
      manifest: options.manifest,
    },
    <>
      <WayBack request={request} backTo={options.backTo} />
      {body}
    </>,
  );
}

function WayBack({ request, backTo }: { request: FastifyRequest; backTo: string | undefined }) {
  const before = pathBefore(request);
  const [own, other] = [request.url, before].map((path) => path.split('?')[0]);
  if (!backTo || !other || own === other || !`${other}/`.startsWith(`${backTo}/`)) return null;
  return (
    <p class="screen-only">
      <a href={before}>{translator(request.ctx.language)('shell.wayBack')}</a>
    </p>
  );
}

/** The form token of whoever is signed in; for fetches of islands and multipart forms' `?_csrf=`. */
export function csrfOf(actor: Actor): string | undefined {
  return actor.kind === 'person' ? csrfTokenOf({ secret }, actor.sessionId) : undefined;
}

function personLine(actor: Extract<Actor, { kind: 'person' }>, language: 'hi' | 'en') {
  return {
    name: pick({ hi: actor.nameHi, en: actor.nameEn }, language),
    subtitle: actor.subtitle ? pick(actor.subtitle, language) : undefined,
  };
}

type FlashCookie = { kind: FlashMessage['kind']; key: MessageKey; vars?: Record<string, string | number> };

/** Says something on the next page: after a change, redirect with `seeOther`. */
export function flash(reply: FastifyReply, message: FlashCookie): void {
  reply.setCookie('flash', Buffer.from(JSON.stringify(message)).toString('base64url'), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    maxAge: 60,
  });
}

function takeFlash(request: FastifyRequest, reply: FastifyReply): FlashMessage | undefined {
  const raw = request.cookies['flash'];
  if (!raw) return undefined;
  reply.clearCookie('flash', { path: '/' });
  try {
    const { kind, key, vars } = JSON.parse(Buffer.from(raw, 'base64url').toString('utf8')) as FlashCookie;
    return { kind, text: translator(request.ctx.language)(key, vars) };
  } catch {
    return undefined; // an old or foreign cookie: nothing to say
  }
}

/** After a POST: the next page by GET. Only paths of this site. */
export function seeOther(reply: FastifyReply, path: string) {
  return reply.redirect(localPath(path), 303);
}

/** A path of this site as a header can carry it, or `/`: never an address that someone else put into a link. */
export function localPath(path: unknown, fallback = '/'): string {
  if (typeof path !== 'string' || !path.startsWith('/') || /[\p{Cc}\\]/u.test(path)) return fallback;
  // Read as a browser reads it: what leads to another host is not a path.
  const here = 'http://here.invalid';
  const url = URL.canParse(path, here) ? new URL(path, here) : undefined;
  return url?.origin === here ? url.pathname + url.search + url.hash : fallback;
}

/** A refusal as a page: what is wrong, the fields if any, and a way on. */
export function renderProblem(
  request: FastifyRequest,
  _reply: FastifyReply,
  refusal: Refusal | 'bug',
): string {
  const ctx = request.ctx;
  const text = pick(refusal === 'bug' ? bugText : refusal.text, ctx.language);
  const t = translator(ctx.language);
  // A field that says no more than the title is not said again.
  const fields =
    refusal === 'bug' ? [] : refusal.fields.filter((field) => pick(field.text, ctx.language) !== text);
  const mustSignIn = refusal !== 'bug' && refusal.code === 'unauthenticated';
  const canComeAgain = refusal !== 'bug' && refusal.code === 'unavailable' && isReading(request);
  const next = mustSignIn ? `?next=${encodeURIComponent(wayBack(request))}` : '';
  const office = cameFromOffice(request) ? officeHome(ctx.actor) : undefined;
  return pageText(
    request,
    { title: text, hasErrors: true, ...(office ? { area: 'office' } : {}) },
    {
      body: (
        <>
          <PageHeading
            title={text}
            lead={refusal === 'bug' ? `${t('common.requestId')}: ${request.id}` : undefined}
          />
          {mustSignIn && (
            <p>{t(isReading(request) ? 'common.signInComesBack' : 'common.signInNothingSent')}</p>
          )}
          {fields.length > 0 && (
            <ErrorSummary
              errors={fields.map((field) => ({ field: field.path, text: pick(field.text, ctx.language) }))}
            />
          )}
          <ButtonRow>
            {mustSignIn ? (
              <Button href={`/sign-in${next}`}>{t('common.signIn')}</Button>
            ) : (
              <>
                {canComeAgain ? <Button href={request.url}>{t('common.tryAgain')}</Button> : null}
                <Button href={office ?? '/'} variant={canComeAgain ? 'secondary' : 'primary'}>
                  {t(office ? 'common.toOffice' : 'common.toHome')}
                </Button>
              </>
            )}
          </ButtonRow>
        </>
      ),
    },
  );
}

/** A page of the desk, or a way from one: whoever works there is led back to work, not to his own training. */
function cameFromOffice(request: FastifyRequest): boolean {
  return [request.url, pathBefore(request)].some((path) => /^\/office([/?]|$)/.test(path));
}

function isReading({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** After signing in, and in the other language: the page that was asked for, or the page whose form was sent. */
function wayBack(request: FastifyRequest): string {
  return isReading(request) ? request.url : pathBefore(request);
}

/** The page of this site that led here. */
function pathBefore(request: FastifyRequest): string {
  const from = request.headers.referer ?? '';
  const url = URL.canParse(from) ? new URL(from) : undefined;
  return url?.host === request.host ? localPath(url.pathname + url.search) : '/';
}
