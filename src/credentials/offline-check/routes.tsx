import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { type Language, translator } from '../../kernel/i18n.ts';
import { assetUrl, sendPage } from '../../shell/site/index.ts';
import { allStatusLists, statusListSeconds } from '../badges/status-lists.ts';
import { publicKeySet } from '../signing-keys.ts';
import type { KeptData } from './check-text.ts';
import { appName, OfflineCheckPage } from './page.tsx';

const config = { access: 'public' as const, rateLimit: { max: 300, timeWindow: '1 minute' } };
const schema = { hide: true };

export function offlineCheckRoutes(app: App): void {
  app.get('/check', { config, schema }, (request, reply) => sendCheck(request, reply, {}));
  // What phones keep: for nobody in particular, in a language of the address.
  const byLanguage = { params: z.object({ language: z.enum(['hi', 'en']) }), hide: true };
  app.get('/check/:language', { config, schema: byLanguage }, (request, reply) => {
    request.ctx.actor = { kind: 'anonymous' };
    request.ctx.language = request.params.language;
    return sendCheck(request, reply, { isForNobody: true });
  });
  app.get('/check/data.json', { config, schema }, sendData);
  app.get('/check/worker.js', { config, schema }, (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('service-worker-allowed', '/')
      .send(workerText()),
  );
  app.get('/check/app.webmanifest', { config, schema }, (request, reply) =>
    reply
      .type('application/manifest+json')
      .header('cache-control', 'no-cache')
      .send(manifest(request.ctx.language)),
  );
  app.get('/check/icon.svg', { config, schema }, (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(icon),
  );
}

function sendCheck(request: FastifyRequest, reply: FastifyReply, options: { isForNobody?: true }) {
  const t = translator(request.ctx.language);
  return sendPage(
    request,
    reply,
    {
      title: t('credentials.checkTitle'),
      area: request.ctx.actor.kind === 'anonymous' ? 'public' : 'learner',
      activeLink: 'verify',
      scripts: ['offline-check.js'],
      manifest: '/check/app.webmanifest',
      worksOffline: true,
      ...options,
    },
    <OfflineCheckPage decoder={assetUrl('qr-decoder.js')} />,
  );
}

async function sendData(request: FastifyRequest, reply: FastifyReply) {
  const [{ keys }, lists] = await Promise.all([publicKeySet(request.ctx.db), allStatusLists(request.ctx)]);
  const oldest =
    lists.map((one) => one.asOf.toISOString()).sort()[0] ?? request.ctx.clock.now().toISOString();
  const data: KeptData = {
    asOf: oldest,
    keys: keys.map(({ kid = '', x = '' }) => ({ kid, x })),
    lists: lists.map((one) => one.encodedList),
  };
  reply.header('cache-control', `public, max-age=${statusListSeconds}`);
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(data));
}

/** Says what to keep and hands over to the built worker; a new build is a new text, so phones notice it. */
function workerText(): string {
  const assets = ['app.css', 'offline-check.js', 'qr-decoder.js', 'check-worker.js'].map(assetUrl);
  const files = ['/check/hi', '/check/en', '/check/icon.svg', ...assets.slice(0, 3)];
  const version = hash('sha256', assets.join()).slice(0, 12);
  return `self.kept=${JSON.stringify({ version, files })};importScripts(${JSON.stringify(assets[3])});`;
}

function manifest(language: Language): string {
  return JSON.stringify({
    id: '/check',
    name: `${appName[language]} · ${translator(language)('shell.brand')}`,
    short_name: appName[language],
    lang: language,
    start_url: '/check',
    scope: '/',
    display: 'standalone',
    background_color: '#faf7f1',
    theme_color: '#25377a',
    icons: [{ src: '/check/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  });
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 192 192"><rect width="192" height="192" rx="40" fill="#25377a"/>' +
  '<path d="M52 98l30 30 58-66" fill="none" stroke="#fff" stroke-width="16" stroke-linecap="round" stroke-linejoin="round"/>' +
  '<circle cx="146" cy="142" r="16" fill="#f0a04b"/></svg>';
