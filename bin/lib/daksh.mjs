import { refuseOldNode } from './old-node.mjs';

refuseOldNode();
void import('./launch.mjs').then(({ launch }) => launch(process.argv.slice(2)));
