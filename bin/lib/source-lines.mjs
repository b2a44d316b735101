import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

// node --import ./bin/lib/source-lines.mjs
// Stacks of bundled tests name the lines of the sources. Node's own --enable-source-maps reads every map at
// every start, 0.2 s each; here a map is read when a stack is looked at.
const maps = new Map();

Error.prepareStackTrace = (error, sites) =>
  [headOf(error), ...sites.map((site) => `    at ${inSource(String(site))}`)].join('\n');

function headOf(error) {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}

function inSource(site) {
  return site.replace(/(file:\/\/[^\s()]+\.js):(\d+):(\d+)/, (whole, url, line, column) => {
    const entry = mapOf(url)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry?.originalSource === undefined) return whole;
    const source = fileURLToPath(new URL(entry.originalSource, url));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

function mapOf(url) {
  if (!maps.has(url)) maps.set(url, readMap(url));
  return maps.get(url);
}

function readMap(url) {
  try {
    return new SourceMap(JSON.parse(readFileSync(fileURLToPath(`${url}.map`), 'utf8')));
  } catch {
    return undefined;
  }
}
