import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { projectRoot } from './project-root.ts';
import type { PdfAnswer, PdfOrder } from './typst/worker.ts';

type Waiting = { resolve(pdf: Buffer): void; reject(error: Error): void };

/**
 * A PDF from a Typst template and data; the same input gives the same bytes.
 *
 * The template finds the data as `data` (a JSON value: names stay text, whatever they contain), the fonts
 * and colours of `typst/prelude.typ`, and must say `#set document(title: …)`. A picture is SVG text in the
 * data: `#image(bytes(data.qr), format: "svg", alt: "…")`. The file is tagged and PDF/UA-1 where every
 * letter has a glyph. Work is done in a thread of its own, one document after the other, so that a report
 * of thousands of rows (about 0.7 ms each) holds nobody up.
 */
export function renderPdf(template: string, data: unknown): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  renderer ??= startRenderer();
  renderer.order({ template: prelude() + template, data: JSON.stringify(data) }, { resolve, reject });
  return promise;
}

type Renderer = { order(order: Omit<PdfOrder, 'id'>, waiting: Waiting): void };

let renderer: Renderer | undefined;

/** From the sources also in the built program: Node 24 reads TypeScript itself. */
function startRenderer(): Renderer {
  const worker = new Worker(join(projectRoot(), 'src/kernel/typst/worker.ts'), { execArgv: [] });
  const waiting = new Map<number, Waiting>();
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
    renderer = undefined; // the next document starts a new thread
    for (const caller of waiting.values()) caller.reject(error);
    waiting.clear();
  };
  worker.on('error', stop);
  worker.on('exit', (code) => stop(new Error(`The PDF thread ended with status ${code}.`)));
  return {
    order(order, caller) {
      last += 1;
      waiting.set(last, caller);
      worker.ref();
      worker.postMessage({ id: last, ...order });
    },
  };
}

let preludeText: string | undefined;

function prelude(): string {
  preludeText ??= readFileSync(join(projectRoot(), 'src/kernel/typst/prelude.typ'), 'utf8');
  return preludeText;
}
