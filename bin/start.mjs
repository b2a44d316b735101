import { refuseOldNode } from './lib/old-node.mjs';

refuseOldNode();
void import('./lib/launch.mjs').then(({ launch }) => launch(['start', ...process.argv.slice(2)]));
