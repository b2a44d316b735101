import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { root } from './say.mjs';

/** Old phones are many: what their browsers lack is written in older words. */
const browsers = ['chrome87', 'firefox78', 'safari14'];

/** The program, as `daksh.js` with its parts beside it; packages stay in node_modules. */
export async function buildServer(folder) {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { daksh: 'src/main.ts' },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    sourcemap: 'linked',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    chunkNames: 'chunks/[name]-[hash]',
    logLevel: 'warning',
  });
}

/** esbuild works in a process of its own, which a server must not drag along. */
export function endBuilder() {
  return esbuild.stop();
}

/** Islands and the stylesheet, named by their content, with `manifest.json` and compressed copies. */
export async function buildAssets(folder) {
  const islands = globSync('src/**/islands/*.{ts,tsx}', { cwd: root }).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  );
  // What only one island needs stands beside it, out of the stylesheet that every learner loads.
  const styles = ['src/shell/styles/app.css', ...globSync('src/**/islands/*.css', { cwd: root })];
  refuseSameNames(islands);
  mkdirSync(folder, { recursive: true });
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [...islands, ...styles],
    outdir: folder,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: browsers,
    // esbuild cannot rewrite it for Safari 14.0, which stumbles over one rare form only.
    supported: { destructuring: true },
    alias: { 'markdown-it': join(root, 'bin/lib/bundle-no-parser.mjs') },
    define: { 'process.env.NODE_ENV': '"production"' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.woff2': 'file', '.woff': 'file', '.ttf': 'file', '.svg': 'file', '.png': 'file' },
    metafile: true,
    logLevel: 'warning',
  });
  const built = Object.entries(result.metafile.outputs).map(([file, about]) => ({
    file: join(root, file),
    about,
  }));
  for (const { file } of built) compress(file);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifestOf(folder, built), null, 1));
}

/** `{"app.css": "app-XXXX.css"}`: a source's name without its folder, with the ending of what it became. */
function manifestOf(folder, built) {
  const named = built.map(({ file, about }) => {
    const source = about.entryPoint ?? (file.endsWith('.js') ? undefined : Object.keys(about.inputs)[0]);
    return source && [basename(source).replace(/\.tsx?$/, '.js'), relative(folder, file)];
  });
  return Object.fromEntries(named.filter(Boolean).sort());
}

/** The web server sends these as they are: the best compression costs only here. */
function compress(file) {
  if (!/\.(js|css|svg|ttf)$/.test(file)) return;
  const content = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
}

function refuseSameNames(files) {
  const names = files.map((file) => basename(file).replace(/\.tsx?$/, ''));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`two islands are named ${twice}`);
}
