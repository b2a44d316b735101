import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

export type PdfFile = { name: string; bytes: Uint8Array };
/** `files` are those that this thread has not got yet; `isForgetting`: it lets go of all it had before. */
export type PdfOrder = {
  id: number;
  template: string;
  data: string;
  files: PdfFile[];
  isForgetting: boolean;
};
export type PdfAnswer = { id: number; pdf: Uint8Array } | { id: number; error: string };

/** Results of typesetting are remembered for as many documents; more would only fill the memory. */
const documentsRemembered = 10;

/** Fewer weights of what is printed seldom: the third languages of certificates. */
const families: [folder: string, file: string, weights: string[]][] = [
  ['noto-sans', 'NotoSans', ['400Regular', '600SemiBold', '700Bold']],
  ['noto-sans-devanagari', 'NotoSansDevanagari', ['400Regular', '600SemiBold', '700Bold']],
  ['noto-nastaliq-urdu', 'NotoNastaliqUrdu', ['400Regular', '700Bold']],
  ['noto-sans-bengali', 'NotoSansBengali', ['400Regular', '700Bold']],
  ['noto-sans-tamil', 'NotoSansTamil', ['400Regular', '700Bold']],
];

const workspace = tmpdir();
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts() }] });
/** Templates by their text. */
const templates = new Map<string, string>();

parentPort?.on('message', (order: PdfOrder) => {
  const answer = answerTo(order);
  parentPort?.postMessage(answer);
});

function answerTo(order: PdfOrder): PdfAnswer {
  try {
    return { id: order.id, pdf: render(order) };
  } catch (error) {
    return { id: order.id, error: described(error) };
  } finally {
    compiler.evictCache(documentsRemembered);
  }
}

/**
 * Template, data and pictures are files of a folder that exists in memory alone: with the data given as an
 * input each document would be another program to Typst, which then remembers nothing of the one before.
 */
function render({ template, data, files, isForgetting }: PdfOrder): Uint8Array {
  if (isForgetting) forget();
  for (const { name, bytes } of files) compiler.mapShadow(join(workspace, name), Buffer.from(bytes));
  compiler.mapShadow(join(workspace, 'data.json'), Buffer.from(data));
  const source = { mainFilePath: pathOf(template) };
  try {
    return compiler.pdf(source, { pdfStandard: 'ua-1' });
  } catch (error) {
    // A script that no font here can draw must not cost anybody the document: tagged, but no PDF/UA.
    if (!textOf(error).includes('could not be displayed')) throw error;
    return compiler.pdf(source);
  }
}

function pathOf(template: string): string {
  const known = templates.get(template);
  if (known) return known;
  const path = join(workspace, `template-${templates.size}.typ`);
  templates.set(template, path);
  compiler.addSource(path, template);
  return path;
}

function forget(): void {
  compiler.resetShadow();
  templates.clear();
}

/** What Typst says without the values it quotes, which may be names. */
function described(error: unknown): string {
  return textOf(error)
    .replace(/`[^`]*`/g, '…')
    .slice(0, 500);
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.message} ${'code' in error ? String(error.code) : ''}`.trim();
}

function fonts(): Buffer[] {
  const require = createRequire(import.meta.url);
  return families.flatMap(([family, file, weights]) => {
    const folder = dirname(require.resolve(`@expo-google-fonts/${family}/package.json`));
    return weights.map((weight) => readFileSync(join(folder, weight, `${file}_${weight}.ttf`)));
  });
}
