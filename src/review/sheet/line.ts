import type { Figures } from '../../insight/index.ts';
import { type KnownPosts, postsShare } from './posts.ts';
import { changeOf, perHead, reachOf } from './ratios.ts';
import type { Line, Named, Opens } from './shape.ts';

export type Counted = { figures: Figures; masked: string[] };

export type LineFacts = Named & {
  opens: Opens;
  now: Counted;
  before?: Figures | undefined;
  posts?: KnownPosts | undefined;
  addedUp?: number | undefined;
};

/** A line without its place, which its sisters decide. */
export function lineOf({ code, nameHi, nameEn, opens, now, before, posts, addedUp }: LineFacts): Line {
  const { figures, masked } = now;
  return {
    ...{ code, nameHi, nameEn, opens, figures, masked },
    strength: posts?.strength ?? null,
    postsShare: postsShare(posts, figures.registered),
    reach: reachOf(figures),
    perHead: perHead(figures.completions, figures.registered),
    change: changeOf(figures, before),
    place: null,
    addedUp: addedUp ?? null,
  };
}

/** Figures as they stand on a sheet, whatever else they came with. */
export function plainFigures(given: Figures): Figures {
  const { registered, notOnRoster, former, signedIn, completions, renewals, aiReach, cyberReach } = given;
  const { learningMinutes, digitalMinutes, classroomMinutes, atLeastOne, threeOrMore } = given;
  const { fewerThanThree, inTraining, begun, bands } = given;
  return {
    ...{ registered, notOnRoster, former, signedIn, completions, renewals, aiReach, cyberReach },
    ...{ learningMinutes, digitalMinutes, classroomMinutes, atLeastOne, threeOrMore },
    ...{ fewerThanThree, inTraining, begun, bands },
  };
}
