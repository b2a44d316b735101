import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderTrial } from '../../credentials/index.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { renderPdf } from '../../kernel/typst.ts';
import type { Benchmark } from './measure.ts';
import { resultOf } from './result.ts';
import { summarise } from './statistics.ts';

const many = 400;
const atOnce = 50;

export const certificates: Benchmark = {
  name: 'certificates',
  what: 'certificates as PDF in three scripts with pictures, as a batch asks for them',
  async run({ ctx }) {
    const picture = readFileSync(join(projectRoot(), 'docs/pictures/home.png'));
    const draw = (n: number) => renderTrial(ctx.config, n, picture);
    await drawMany(atOnce, draw);
    const drawn = await drawMany(many, draw);
    const bare = await drawMany(many, (n) => renderPdf(emptyPage, { n }));
    const limits = [{ name: 'pages with one line by the same typesetter', perSecond: bare.perSecond }];
    const notes = [`${(1000 / drawn.perSecond).toFixed(1)} ms a certificate`];
    return resultOf({ ...certificates, ...drawn, clients: atOnce, failed: 0, limits, notes });
  },
};

/** What the typesetter does at most. */
export const emptyPage = '#set document(title: "one line")\n#data.n';

/** Asks for many documents, so many at once as a batch does. */
export async function drawMany(count: number, draw: (n: number) => Promise<Buffer>) {
  const began = performance.now();
  const times: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const at = performance.now();
      next += 1;
      await draw(next);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const { median, p99 } = summarise(times);
  return { median, p99, perSecond: (count * 1000) / (performance.now() - began) };
}
