import cluster from 'node:cluster';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, personIdOf } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { App, Runtime } from '../feature.ts';
import type { Bilingual } from '../i18n.ts';
import { reading } from '../metrics/registry.ts';
import { type LoadClass, loadClassOf } from './load-classes.ts';
import { Places } from './places.ts';

/**
 * From where on each class is turned away: how far the event loop is behind, and how many wait
 * for a connection for each that there is. Whoever is let in is served as ever.
 */
const limits = {
  reports: { loopMs: 250, waitingPerConnection: 1 },
  desk: { loopMs: 1000, waitingPerConnection: 4 },
  // Three seconds are far beyond a slow moment: nobody gains by being let in.
  learning: { loopMs: 3000, waitingPerConnection: Number.POSITIVE_INFINITY },
  vital: { loopMs: Number.POSITIVE_INFINITY, waitingPerConnection: Number.POSITIVE_INFINITY },
} satisfies Record<LoadClass, { loopMs: number; waitingPerConnection: number }>;

const patienceMs = 8000;
const waitingPerPlace = 4;

/** After it is known who asks: refuses what has to give way, and gives reports their places. */
export function shedLoad(app: App, runtime: Runtime, { loopDelayMs }: { loopDelayMs(): number }): void {
  const most = runtime.config.reportsAtOnce;
  const places = new Places({ most, mostWaiting: most * waitingPerPlace, patienceMs });
  tellPlaces(places);
  app.addHook('onRequest', (request, reply, done) => {
    const load = loadClassOf(request.routeOptions);
    if (isPressed(load, runtime, loopDelayMs())) done(busy(load === 'learning' ? pressed : afterLearners));
    else if (load !== 'reports') done();
    else
      void takePlace(places, request, reply).then((hasPlace) => done(hasPlace ? undefined : busy(noPlace)));
  });
}

function isPressed(load: LoadClass, { db }: Runtime, loopMs: number): boolean {
  const limit = limits[load];
  const connections = db.pool.options.max ?? 1;
  return loopMs > limit.loopMs || db.pool.waitingCount >= limit.waitingPerConnection * connections;
}

/** The place is held until the last byte is sent, or whoever asked is gone. */
async function takePlace(places: Places, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  // Gone while it was asked who he is: that is told once, and a place would never be given back.
  if (reply.raw.destroyed) return false;
  const owner = ownerOf(request.ctx.actor);
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  if (!(await places.take(owner, gone.signal))) return false;
  let isHeld = true;
  const leave = () => {
    if (isHeld) places.leave(owner);
    isHeld = false;
  };
  if (gone.signal.aborted) leave();
  reply.raw.once('close', leave);
  reply.raw.once('finish', leave);
  return true;
}

function ownerOf(actor: Actor): string {
  return personIdOf(actor) ?? (actor.kind === 'token' ? actor.tokenId : actor.kind);
}

function tellPlaces(places: Places): void {
  const labels = { process: String(cluster.worker?.id ?? 0) };
  reading(
    { name: 'daksh_http_reports', help: 'Requests for reports under way and waiting for a place.' },
    () => [
      { labels: { ...labels, state: 'busy' }, value: places.busy },
      { labels: { ...labels, state: 'waiting' }, value: places.queued },
      { labels: { ...labels, state: 'most' }, value: places.limits.most },
    ],
  );
}

function busy(text: Bilingual): Refusal {
  return new Refusal('unavailable', text, { reason: 'busy' });
}

const noPlace: Bilingual = {
  hi: 'अभी बहुत-सी रिपोर्टें एक साथ बन रही हैं। सीखने वालों का काम न रुके, इसलिए यह अभी नहीं बनाई गई; कुछ क्षण बाद फिर करें।',
  en: 'Many reports are being made at once. So that learners are not held up, this one was not begun; try again in a moment.',
};

const afterLearners: Bilingual = {
  hi: 'सर्वर पर अभी बहुत काम है और पहले सीखने वालों का काम होता है। कुछ भी नहीं बदला गया; कुछ क्षण बाद फिर करें।',
  en: 'The server has very much to do, and learners come first. Nothing was changed; try again in a moment.',
};

const pressed: Bilingual = {
  hi: 'सर्वर व्यस्त है। कुछ क्षण बाद फिर करें।',
  en: 'The server is busy. Try again in a moment.',
};
