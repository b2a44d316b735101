/**
 * The service worker of the check page: keeps the page in both languages with what it is made of, the
 * published keys and the lists of what was withdrawn, so that a certificate is checked without a network.
 */
type Kept = { version: string; files: string[] };
type Fetching = Event & {
  request: Request;
  respondWith(answer: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
};
type Worker = {
  kept: Kept;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(kind: string, handler: (event: Fetching) => void): void;
};

const worker = self as unknown as Worker;
const cacheName = `check-${worker.kept.version}`;
const dataPath = '/check/data.json';
const patienceMs = 4000;

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname === dataPath) event.respondWith(fresh());
  else if (url.pathname.startsWith('/assets/')) event.respondWith(kept(request));
});

async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  await Promise.all([...worker.kept.files, dataPath].map((path) => keep(cache, path)));
  await worker.skipWaiting();
}

async function keep(cache: Cache, path: string): Promise<void> {
  // Without cookies: what is kept on a phone that several people use names nobody.
  const reply = await fetch(path, { credentials: 'omit', cache: 'no-cache' });
  if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
  await cache.put(path, reply.clone());
  // A script's own parts, which the build names as it likes.
  const parts = path.endsWith('.js')
    ? (await reply.text()).matchAll(/(?:from|import)\s*"\.\/([\w-]+\.js)"/g)
    : [];
  await Promise.all([...parts].map((part) => keep(cache, `/assets/${part[1]}`)));
}

async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith('check-') && name !== cacheName);
  // The choice of language outlives a new version; all else is new.
  await Promise.all(old.filter((name) => name !== 'check-choice').map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** From the network where there is one; else the kept page, in the language used last. */
async function page(request: Request): Promise<Response> {
  try {
    return await soon(request);
  } catch {
    const choice = await caches.match('/check/choice');
    const language = choice ? await choice.text() : 'hi';
    return (await caches.match(`/check/${language}`)) ?? Response.error();
  }
}

async function fresh(): Promise<Response> {
  try {
    // Past the browser's own cache: what is kept for later is to be as new as can be.
    const reply = await soon(new Request(dataPath, { credentials: 'omit', cache: 'no-cache' }));
    if (reply.ok) await (await caches.open(cacheName)).put(dataPath, reply.clone());
    return reply;
  } catch {
    return (await caches.match(dataPath)) ?? Response.error();
  }
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

function soon(request: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), patienceMs);
    fetch(request)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
