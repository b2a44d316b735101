import type { Counted } from './vector.ts';

/** The figures of one office as of one day; null where a figure is masked or does not belong to the view. */
export type Figures = {
  registered: number | null;
  notOnRoster: number | null;
  former: number | null;
  signedIn: number | null;
  completions: number | null;
  renewals: number | null;
  learningMinutes: number | null;
  digitalMinutes: number | null;
  classroomMinutes: number | null;
  atLeastOne: number | null;
  threeOrMore: number | null;
  fewerThanThree: number | null;
  inTraining: number | null;
  begun: number | null;
  /** Registered people with a completion of a course that is tagged so today. */
  aiReach: number | null;
  cyberReach: number | null;
  bands: { none: number | null; oneOrTwo: number | null; threeOrMore: number | null };
};

export type View = 'people' | 'activity';

/** The people view: the roster of that day, wherever they learnt. */
export function peopleFigures(counted: Counted): Figures & { registered: number } {
  const none = counted.registered - counted.at_least_one;
  const oneOrTwo = counted.at_least_one - counted.three_or_more;
  return {
    registered: counted.registered,
    notOnRoster: counted.not_on_roster,
    former: counted.former,
    signedIn: counted.signed_in,
    completions: counted.completions,
    renewals: counted.renewals,
    learningMinutes: counted.digital_minutes + counted.classroom_minutes,
    digitalMinutes: counted.digital_minutes,
    classroomMinutes: counted.classroom_minutes,
    atLeastOne: counted.at_least_one,
    threeOrMore: counted.three_or_more,
    fewerThanThree: none + oneOrTwo,
    inTraining: none,
    begun: counted.begun,
    aiReach: counted.ai_reach,
    cyberReach: counted.cyber_reach,
    bands: { none, oneOrTwo, threeOrMore: counted.three_or_more },
  };
}

/** The activity view: what was completed by whoever was posted here that day; nothing about a roster. */
export function activityFigures(counted: Counted): Figures {
  return {
    registered: null,
    notOnRoster: null,
    former: null,
    signedIn: null,
    completions: counted.activity_completions,
    renewals: counted.activity_renewals,
    learningMinutes: counted.activity_minutes,
    digitalMinutes: counted.activity_minutes,
    // Attendance freezes no office: where somebody sat is not where he was posted.
    classroomMinutes: null,
    atLeastOne: null,
    threeOrMore: null,
    fewerThanThree: null,
    inTraining: null,
    begun: null,
    aiReach: null,
    cyberReach: null,
    bands: { none: null, oneOrTwo: null, threeOrMore: null },
  };
}
