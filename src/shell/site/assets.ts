import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';

/** The built assets lie beside the bundle; from the sources (tests) there may be none. */
function assetsFolder(): string {
  const built = process.env['DAKSH_DIST'] ?? dirname(fileURLToPath(import.meta.url));
  return join(built, 'assets');
}

let manifest: Record<string, string> | undefined;

function manifestOf(): Record<string, string> {
  if (manifest) return manifest;
  const path = join(assetsFolder(), 'manifest.json');
  manifest = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
  return manifest;
}

/** The address of a built asset by its plain name (`app.css`, `player.js`). */
export function assetUrl(name: string): string {
  return `/assets/${manifestOf()[name] ?? name}`;
}

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  map: 'application/json',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  png: 'image/png',
};

/** Serves the build's files with their precompressed siblings; names carry a hash, so they never change. */
export function serveAssets(app: App): void {
  app.get(
    '/assets/:name',
    { config: { access: 'public' }, schema: { hide: true } },
    async (request, reply) => {
      const { name } = request.params as { name: string };
      const path = join(assetsFolder(), name);
      if (!/^[\w.-]+$/.test(name) || name.startsWith('.') || !existsSync(path)) throw notFound();
      const accepted = String(request.headers['accept-encoding'] ?? '');
      const encoding = [
        ['br', '.br'],
        ['gzip', '.gz'],
      ].find(([word, suffix]) => accepted.includes(word ?? '') && existsSync(path + suffix));
      reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'Accept-Encoding');
      reply.type(types[name.split('.').pop() ?? ''] ?? 'application/octet-stream');
      if (encoding) reply.header('content-encoding', encoding[0]);
      const file = path + (encoding?.[1] ?? '');
      reply.header('content-length', statSync(file).size);
      return reply.send(createReadStream(file));
    },
  );
}
