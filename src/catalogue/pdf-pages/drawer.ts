/**
 * A program of its own, so that a damaged or hostile PDF can end nothing but itself: counts a PDF's pages, or
 * draws them. `drawer.ts count FILE` · `drawer.ts draw FILE FOLDER FROM TO`; each line of its output is JSON.
 * The engine is the one that makes our own PDFs (Typst with its PDF reader, in Rust).
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

export type Counted = { pages: number } | { fault: 'locked' | 'unreadable' };
/** `bytes` 0: this page cannot be drawn, or is too heavy for a phone. */
export type Drawn = { page: number; bytes: number };

const mostPages = 20_000;
const mostBytes = 2_000_000;
/** A picture in a page that weighs more is made lighter, where ffmpeg is there. */
const heavyPicture = 100_000;

const [, , task, file = '', ...rest] = process.argv;
const workspace = tmpdir();
const compiler = NodeCompiler.create({ workspace });
compiler.mapShadow(join(workspace, 'daksh-document.pdf'), readFileSync(file));

if (task === 'count') tell(count());
else {
  const [folder = '', from, to, ffmpeg] = rest;
  for (let page = Number(from); page <= Number(to); page += 1) tell(drawInto(folder, page, ffmpeg));
}

function tell(line: Counted | Drawn): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function pageSource(page: number): { mainFileContent: string } {
  return {
    mainFileContent: `#set page(width: auto, height: auto, margin: 0pt)\n#image("daksh-document.pdf", page: ${page})`,
  };
}

/** The engine says only whether a page is there: doubled until one is missing, then halved. */
function count(): Counted {
  const fault = faultOf(1);
  if (fault) return { fault: fault.includes('encrypted') ? 'locked' : 'unreadable' };
  let there = 1;
  let missing = 2;
  while (missing <= mostPages && !faultOf(missing)) {
    there = missing;
    missing *= 2;
  }
  while (missing - there > 1) {
    const middle = Math.floor((there + missing) / 2);
    if (faultOf(middle)) missing = middle;
    else there = middle;
  }
  return { pages: there };
}

/** What the engine has against a page; nothing where it is there. */
function faultOf(page: number): string | undefined {
  const result = compiler.compile(pageSource(page));
  if (!result.hasError()) return undefined;
  const error = result.takeDiagnostics();
  return error ? JSON.stringify(compiler.fetchDiagnostics(error)) : 'unreadable';
}

function drawInto(folder: string, page: number, ffmpeg: string | undefined): Drawn {
  try {
    const drawn = gzipSync(lightened(innerPicture(compiler.svg(pageSource(page))), ffmpeg), { level: 9 });
    if (drawn.length > mostBytes) return { page, bytes: 0 };
    writeFileSync(join(folder, `${page}.svg.gz`), drawn, { mode: 0o600 });
    return { page, bytes: drawn.length };
  } catch {
    return { page, bytes: 0 };
  } finally {
    compiler.evictCache(1);
  }
}

/** The page itself lies in the typesetter's page as one picture. */
function innerPicture(svg: string): string {
  const inner = /xlink:href="data:image\/svg\+xml;base64,([^"]+)"/.exec(svg)?.[1];
  return inner ? Buffer.from(inner, 'base64').toString('utf8') : svg;
}

/** Scans come as PNG of many megabytes: what a phone shows of them fits into a tenth. */
function lightened(svg: string, ffmpeg: string | undefined): string {
  if (!ffmpeg) return svg;
  return svg.replace(/data:image\/png;base64,([^"]+)/g, (whole, base64: string) => {
    if (base64.length < heavyPicture) return whole;
    const picture = lighter(Buffer.from(base64, 'base64'), ffmpeg);
    return picture && picture.length < base64.length * 0.7
      ? `data:image/webp;base64,${picture.toString('base64')}`
      : whole;
  });
}

function lighter(png: Buffer, ffmpeg: string): Buffer | undefined {
  const size = ['-vf', "scale='min(1240,iw)':-2"];
  const coding = ['-frames:v', '1', '-c:v', 'libwebp', '-quality', '55', '-f', 'webp', 'pipe:1'];
  const words = ['-nostdin', '-v', 'error', '-threads', '1', '-f', 'png_pipe', '-i', 'pipe:0'];
  const limits = { input: png, timeout: 30_000, maxBuffer: 20_000_000 };
  const made = spawnSync(ffmpeg, [...words, ...size, ...coding], limits);
  return made.status === 0 && made.stdout.length > 0 ? made.stdout : undefined;
}
