import type { Ctx } from '../kernel/context.ts';
import type { OfficeRow } from '../organisations/index.ts';
import { type Figures, peopleFigures } from './figures.ts';
import type { OfficeSummary } from './office-summary.ts';
import { countedInOfficeItself } from './stores/roster.ts';
import { nothingCounted } from './vector.ts';

/**
 * What makes the table of the offices below add up to the office: those posted in the office itself, and what
 * is counted again because people are posted in several of these offices. For every count,
 * the offices below + itself - again = the office.
 */
export type TableSums = { itself: Figures; again: Figures };

/** Of exact summaries only: where something is masked, a sum would give it away. */
export async function tableSums(ctx: Ctx, office: OfficeRow, summary: OfficeSummary): Promise<TableSums> {
  const below = summary.children.reduce<Figures>((sum, line) => combine(sum, line, add), nothing);
  const rest = combine(summary, below, subtract);
  // A completion and an account without posting stand at one office only: what is not below is in the office itself.
  if (summary.view === 'activity') return { itself: rest, again: combine(rest, rest, subtract) };
  const counted = await countedInOfficeItself(ctx.db.read, { office, asOf: summary.asOf });
  const itself = {
    ...peopleFigures({ ...nothingCounted, ...counted }),
    notOnRoster: rest.notOnRoster,
    former: rest.former,
  };
  return { itself, again: combine(itself, rest, subtract) };
}

/** Whether there is anything at all in a row of figures. */
export function hasFigures(figures: Figures): boolean {
  return Object.values(figures).some((value) => typeof value === 'number' && value !== 0);
}

/** The same figures with a minus, so that a column can be added up. */
export function takenOff(figures: Figures): Figures {
  return combine(nothing, figures, (a, b) => (b === 0 ? 0 : a - b));
}

const nothing = peopleFigures(nothingCounted);

type Combine = (a: number, b: number) => number;
const add: Combine = (a, b) => a + b;
const subtract: Combine = (a, b) => a - b;

function combine(a: Figures, b: Figures, how: Combine): Figures {
  const of = (x: number | null, y: number | null) => (x === null || y === null ? null : how(x, y));
  return {
    registered: of(a.registered, b.registered),
    notOnRoster: of(a.notOnRoster, b.notOnRoster),
    former: of(a.former, b.former),
    signedIn: of(a.signedIn, b.signedIn),
    completions: of(a.completions, b.completions),
    renewals: of(a.renewals, b.renewals),
    learningMinutes: of(a.learningMinutes, b.learningMinutes),
    digitalMinutes: of(a.digitalMinutes, b.digitalMinutes),
    classroomMinutes: of(a.classroomMinutes, b.classroomMinutes),
    atLeastOne: of(a.atLeastOne, b.atLeastOne),
    threeOrMore: of(a.threeOrMore, b.threeOrMore),
    fewerThanThree: of(a.fewerThanThree, b.fewerThanThree),
    inTraining: of(a.inTraining, b.inTraining),
    begun: of(a.begun, b.begun),
    aiReach: of(a.aiReach, b.aiReach),
    cyberReach: of(a.cyberReach, b.cyberReach),
    bands: {
      none: of(a.bands.none, b.bands.none),
      oneOrTwo: of(a.bands.oneOrTwo, b.bands.oneOrTwo),
      threeOrMore: of(a.bands.threeOrMore, b.bands.threeOrMore),
    },
  };
}
