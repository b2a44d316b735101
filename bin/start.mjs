import { launch } from './lib/launch.mjs';

await launch(['start', ...process.argv.slice(2)]);
