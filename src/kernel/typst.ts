import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { projectRoot } from './project-root.ts';
import type { PdfAnswer, PdfFile, PdfOrder } from './typst/worker.ts';

export type { PdfFile };

type Waiting = { resolve(pdf: Buffer): void; reject(error: Error): void };

/**
 * A PDF from a Typst template and data; the same input gives the same bytes.
 *
 * The template finds the data as `data` (a JSON value: names stay text, whatever they contain), the fonts
 * and colours of `typst/prelude.typ`, and must say `#set document(title: …)`. A drawing is SVG text in the
 * data: `#image(bytes(data.qr), format: "svg", alt: "…")`. The file is tagged and PDF/UA-1 where every
 * letter has a glyph. Pictures of pixels come as `files` (`#image("/name.png")`): a name stands for the same
 * bytes for good, so each is handed over and read once for many documents. Work is done in a thread of its own, one document after the other (two at a time where many wait), so that a report
 * of thousands of rows (about 0.7 ms each) holds nobody up.
 */
export function renderPdf(template: string, data: unknown, files: readonly PdfFile[] = []): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const order = { template: prelude() + template, data: JSON.stringify(data) };
  rendererFor().order({ ...order, files }, { resolve, reject });
  return promise;
}

type Order = { template: string; data: string; files: readonly PdfFile[] };
type Renderer = { order(order: Order, waiting: Waiting): void; waiting(): number };

/** So many pictures (of 300 kB at most) the thread keeps at hand. */
const mostFiles = 60;

const renderers = new Set<Renderer>();
/** Bulk work takes a second core where there is one; a document now and then does not cost another thread. */
const mostRenderers = Math.min(2, availableParallelism());
const longQueue = 8;

function rendererFor(): Renderer {
  const [idlest] = [...renderers].sort((a, b) => a.waiting() - b.waiting());
  const isEnough = idlest && (idlest.waiting() < longQueue || renderers.size >= mostRenderers);
  return isEnough ? idlest : startRenderer();
}

/** From the sources also in the built program: Node 24 reads TypeScript itself. */
function startRenderer(): Renderer {
  const worker = new Worker(join(projectRoot(), 'src/kernel/typst/worker.ts'), { execArgv: [] });
  const waiting = new Map<number, Waiting>();
  const handedOver = new Set<string>();
  let last = 0;
  worker.unref();
  worker.on('message', (answer: PdfAnswer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ('error' in answer) caller?.reject(new Error(`The PDF could not be made: ${answer.error}`));
    else caller?.resolve(Buffer.from(answer.pdf.buffer, answer.pdf.byteOffset, answer.pdf.byteLength));
  });
  const stop = (error: Error) => {
    renderers.delete(renderer); // the next document starts a new thread
    for (const caller of waiting.values()) caller.reject(error);
    waiting.clear();
  };
  worker.on('error', stop);
  worker.on('exit', (code) => stop(new Error(`The PDF thread ended with status ${code}.`)));
  const renderer: Renderer = {
    waiting: () => waiting.size,
    order(order, caller) {
      last += 1;
      waiting.set(last, caller);
      worker.ref();
      const isForgetting = handedOver.size + order.files.length > mostFiles;
      if (isForgetting) handedOver.clear();
      const files = order.files.filter(({ name }) => !handedOver.has(name));
      for (const { name } of files) handedOver.add(name);
      worker.postMessage({ ...order, id: last, files, isForgetting } satisfies PdfOrder);
    },
  };
  renderers.add(renderer);
  return renderer;
}

let preludeText: string | undefined;

function prelude(): string {
  preludeText ??= readFileSync(join(projectRoot(), 'src/kernel/typst/prelude.typ'), 'utf8');
  return preludeText;
}
