import type { Command } from '../../kernel/feature.ts';
import { ffmpegPath } from './kinds.ts';
import { planMissingRenditions } from './plan-renditions.ts';
import { standingOf } from './standing-store.ts';

const renditions: Command = {
  name: 'renditions',
  usage: 'renditions: lighter copies for recordings kept before ffmpeg was there; the worker makes them',
  async run(ctx, line) {
    if (!ffmpegPath()) {
      line.printError('ffmpeg नहीं मिला; पहले उसे लगाएँ।\nThere is no ffmpeg here; install it first.');
      return 1;
    }
    let planned = 0;
    for (let more = 1; more > 0; planned += more) more = await planMissingRenditions(ctx);
    const standing = await standingOf(ctx);
    if (line.flags['json']) line.print(JSON.stringify({ planned, ...standing }));
    else
      line.print(
        `${planned} रिकॉर्डिंग कतार में; ${standing.waiting + standing.making} रूप बनने बाकी, ${standing.made} तैयार / ${planned} recordings queued; ${standing.waiting + standing.making} copies to be made, ${standing.made} made`,
      );
    return 0;
  },
};

export const renditionCommands: Command[] = [renditions];
