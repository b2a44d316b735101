import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say } from './say.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A browser for the journeys, with letters for Hindi; installed where the machine lets us. Else ''. */
export function ensureChromium() {
  if (findChromium() && hasDevanagari()) return findChromium();
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    say('दक्ष: परीक्षणों के लिए Chromium लगाया जा रहा है…', 'Daksh: installing Chromium for the tests…');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const run = (args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] });
    run(['update', '--quiet']);
    run([
      'install',
      '--yes',
      '--quiet',
      '--no-install-recommends',
      'chromium',
      'fonts-noto-core',
      'fontconfig',
    ]);
  }
  if (!findChromium()) {
    say(
      'Chromium नहीं मिला: ब्राउज़र के परीक्षण विफल होंगे। chromium स्थापित करें या CHROMIUM_PATH दें।',
      'No Chromium was found: the browser tests will fail. Install chromium, or set CHROMIUM_PATH.',
    );
  }
  return findChromium() ?? '';
}

function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  return names.map(onPath).find((path) => path !== undefined);
}

function hasDevanagari() {
  return Boolean(spawnSync('fc-list', [':lang=hi'], { encoding: 'utf8' }).stdout?.trim());
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
