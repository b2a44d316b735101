/**
 * The check page's own work: reads a QR code by camera, from a photo or from pasted text, and checks it with
 * the keys and lists kept on the phone. Every word stands in the page already; this only shows and fills.
 */

import { formatDay, formatDayTime } from '../../../kernel/dates.ts';
import { checkText, type KeptData } from '../check-text.ts';
import { Camera, readPhoto } from '../read-qr.ts';

const settings = document.getElementById('offline-check')?.dataset ?? {};
const language = settings['language'] === 'en' ? 'en' : 'hi';
const decoder = settings['decoder'] ?? '';
const root = document.getElementById('main');

if (root) void start(root);

async function start(place: HTMLElement): Promise<void> {
  show(place, '[data-part=tools]');
  void keepPage(place);
  const data = await keptData();
  if (!data) {
    show(place, '[data-part=no-data]');
    return;
  }
  fill(place, 'as-of', formatDayTime(new Date(data.asOf), language));
  show(place, '[data-part=as-of]');
  listen(place, data);
  // Scanned by the phone's own camera without a network: the kept page stands at the certificate's address.
  if (location.hash.length > 80) await tell(place, location.href, data);
}

function listen(place: HTMLElement, data: KeptData): void {
  const form = place.querySelector('form');
  const field = place.querySelector<HTMLInputElement>('input[name=no]');
  form?.addEventListener('submit', (event) => {
    const typed = field?.value ?? '';
    // A number alone says nothing by itself: with a network the form asks the server.
    if (typed.length < 80 && navigator.onLine) return;
    event.preventDefault();
    void tell(place, typed, data);
  });
  const photo = place.querySelector<HTMLInputElement>('input[type=file]');
  photo?.addEventListener('change', async () => {
    const file = photo.files?.[0];
    if (file) await tell(place, (await readPhoto(file, decoder)) ?? '', data, 'no-code-in-photo');
  });
  const video = place.querySelector('video');
  const button = place.querySelector<HTMLElement>('[data-part=camera-button] button');
  if (!video || !button || !('mediaDevices' in navigator)) return;
  show(place, '[data-part=camera-button]');
  button.addEventListener('click', () => void film(place, video, data));
}

async function film(place: HTMLElement, video: HTMLVideoElement, data: KeptData): Promise<void> {
  clear(place);
  const camera = new Camera(video, decoder);
  try {
    show(place, '[data-part=camera]');
    const stop = place.querySelector<HTMLElement>('[data-part=camera] button');
    stop?.addEventListener('click', () => camera.stop(), { once: true });
    const text = await camera.read();
    if (text) await tell(place, text, data);
  } catch {
    show(place, '[data-verdict=no-camera]');
  } finally {
    hide(place, '[data-part=camera]');
  }
}

async function tell(place: HTMLElement, text: string, data: KeptData, ifNone = 'not-a-code'): Promise<void> {
  clear(place);
  const verdict = await checkText(text, data);
  const notice = show(place, `[data-verdict=${verdict.state === 'not-a-code' ? ifNone : verdict.state}]`);
  if ('facts' in verdict) {
    const { facts } = verdict;
    const shown = { ...facts, completedDay: formatDay(facts.completedDay, language) };
    for (const [name, value] of Object.entries(shown)) fill(place, name, value);
    const link = place.querySelector<HTMLAnchorElement>('a[data-part=online]');
    if (link) link.href = `/verify/${facts.certificateNo}`;
    show(place, '[data-part=facts]');
  }
  notice?.scrollIntoView({ block: 'start' });
  notice?.focus();
}

async function keptData(): Promise<KeptData | undefined> {
  try {
    const reply = await fetch('/check/data.json', { credentials: 'omit' });
    return reply.ok ? ((await reply.json()) as KeptData) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the page on this phone for when there is no network, and tells so once it is done. */
async function keepPage(place: HTMLElement): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const cache = await caches.open('check-choice');
    await cache.put('/check/choice', new Response(language));
    // Also at a certificate's address, where a scan by the phone's own camera leads.
    for (const scope of ['/check', '/verify'])
      await navigator.serviceWorker.register('/check/worker.js', { scope });
    await navigator.serviceWorker.ready;
    show(place, '[data-part=kept]');
  } catch {
    // Checked with the network then; a private window keeps nothing.
  }
}

function clear(place: HTMLElement): void {
  for (const part of place.querySelectorAll<HTMLElement>('[data-verdict]')) part.hidden = true;
  hide(place, '[data-part=facts]');
}

function show(place: HTMLElement, selector: string): HTMLElement | undefined {
  const part = place.querySelector<HTMLElement>(selector);
  if (part) part.hidden = false;
  return part ?? undefined;
}

function hide(place: HTMLElement, selector: string): void {
  const part = place.querySelector<HTMLElement>(selector);
  if (part) part.hidden = true;
}

function fill(place: HTMLElement, name: string, value: string): void {
  for (const slot of place.querySelectorAll(`[data-fact=${name}]`)) slot.textContent = value;
}
