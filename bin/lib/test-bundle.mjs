import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { root } from './say.mjs';

const bundles = join(root, '.daksh', 'test-bundles');

/**
 * The tests as JavaScript, what they share in common parts: a process that reads 1,500 sources one by one
 * works longer on that than on its tests. Made anew for each run; returns where each test file stands.
 */
export async function bundleTests(files) {
  const folder = join(bundles, String(process.pid));
  removeLeftOvers();
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: files,
    outdir: folder,
    outbase: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    sourcemap: 'linked',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    chunkNames: 'parts/[name]-[hash]',
    plugins: [ownAddresses],
    logLevel: 'warning',
  });
  await esbuild.stop();
  return {
    files: files.map((file) => join(folder, file.replace(/\.tsx?$/, '.js'))),
    options: ['--import', pathToFileURL(join(root, 'bin/lib/source-lines.mjs')).href],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Of runs that were killed: a folder is named by the process that made it. */
function removeLeftOvers() {
  const left = existsSync(bundles) ? readdirSync(bundles) : [];
  for (const name of left.filter((pid) => !existsSync(`/proc/${pid}`)))
    rmSync(join(bundles, name), { recursive: true, force: true });
}

/** What a module finds beside itself lies beside its source, not beside the bundle. */
const ownAddresses = {
  name: 'own addresses',
  setup(build) {
    build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      const address = JSON.stringify(pathToFileURL(path).href);
      const contents = readFileSync(path, 'utf8').replaceAll('import.meta.url', address);
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
};
