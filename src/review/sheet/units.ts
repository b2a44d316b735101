import { lineOf, plainFigures } from './line.ts';
import { ranked } from './rank.ts';
import type { Scene } from './scene.ts';
import type { Line } from './shape.ts';

/** The offices right below, by place. */
export function unitLines({ now, before, rankedBy, posts }: Scene): Line[] {
  const earlier = new Map(before?.children.map((line) => [line.office.code, line]));
  const lines = now.children.map((child) =>
    lineOf({
      ...child.office,
      opens: { node: 'office', code: child.office.code },
      now: { figures: plainFigures(child), masked: child.masked },
      before: earlier.get(child.office.code),
      posts: posts.get(child.office.code),
    }),
  );
  return ranked(lines, rankedBy);
}
