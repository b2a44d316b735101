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
    sourcemap: 'linked',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    chunkNames: 'parts/[name]-[hash]',
    plugins: [ownAddresses, fewPackages],
    logLevel: 'warning',
  });
  await esbuild.stop();
  return {
    files: files.map((file) => join(folder, file.replace(/\.tsx?$/, '.js'))),
    // What the first processes compile the others find compiled.
    env: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
    options: ['--import', pathToFileURL(join(root, 'bin/lib/source-lines.mjs')).href],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Of many modules, loaded by nearly every test; the other packages stay in node_modules. */
const bundled = /^(kysely|zod|fastify-type-provider-zod|preact|preact-render-to-string)(\/|$)/;

const fewPackages = {
  name: 'few packages',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      bundled.test(path) ? undefined : { path, external: true },
    );
  },
};

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
