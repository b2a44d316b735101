import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { root, say } from './say.mjs';

/**
 * Runs `work` while no other process installs or builds in this clone. The lock is the kernel's, on the
 * clone's own folder: it needs no file and ends with the process. util-linux's flock takes it on a
 * descriptor that it shares with us; where there is no flock, we go without.
 */
export async function withLock(work) {
  const fd = openSync(root, 'r');
  try {
    const stdio = ['ignore', 'ignore', 'ignore', fd];
    if (spawnSync('flock', ['--exclusive', '--nonblock', '3'], { stdio }).status === 1) {
      say(
        'दक्ष: दूसरी प्रक्रिया पैकेज लगा रही है या निर्माण कर रही है; प्रतीक्षा…',
        'Daksh: another process is installing or building here; waiting…',
      );
      spawnSync('flock', ['--exclusive', '3'], { stdio });
    }
    return await work();
  } finally {
    closeSync(fd);
  }
}
