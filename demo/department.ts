import { type GoldenCourse, goldenCourses } from './department/courses.ts';
import { type Learnt, learnGolden } from './department/learning.ts';
import { type GoldenOffice, goldenOffices, withStrength } from './department/offices.ts';
import { type GoldenPerson, goldenPeople } from './department/people.ts';
import { seededRandom } from './department/random.ts';
import { completionRows, courseRows, officeRows, rosterRows } from './department/rows.ts';

/** One line of a file, by the column names of INTERFACES. */
export type FileRow = Record<string, string>;

export type GoldenDepartment = {
  offices: FileRow[];
  courses: FileRow[];
  roster: FileRow[];
  completions: FileRow[];
  /** What the rows were made from. */
  made: { offices: GoldenOffice[]; courses: GoldenCourse[]; people: GoldenPerson[]; learnt: Learnt[] };
};

/** The department's published figures to 30 September 2025, which the files give to the last one. */
export const goldenFigures = {
  asOf: '2025-09-30',
  registered: 3900,
  completions: 21_150,
  digitalHours: 15_893,
  atLeastOne: 2759,
  threeOrMore: 2289,
  fewerThanThree: 1611,
  none: 1141,
} as const;

/**
 * An invented Social Welfare department whose offices, courses, roster and completions come to
 * `goldenFigures`. The same seed gives the same rows. In it, and counted nowhere: completions repeated on the
 * same day, renewals, people who have left. People with two postings or a transfer count once. The cast's
 * members of this department are among the 3,900.
 */
export function goldenDepartment(seed = 2025): GoldenDepartment {
  const random = seededRandom(seed);
  const bare = goldenOffices();
  const people = goldenPeople(random, bare);
  const offices = withStrength(bare, postedNow(people));
  const { courses, learnt } = learnGolden(random, people, goldenCourses());
  return {
    offices: officeRows(offices),
    courses: courseRows(courses),
    roster: rosterRows(random, people),
    completions: completionRows(random, people, learnt),
    made: { offices, courses, people, learnt },
  };
}

/** The office of every member's present posting; charges held beside it take no post. */
function postedNow(people: GoldenPerson[]): string[] {
  return people.flatMap((person) =>
    person.postings
      .filter((posting) => person.isMember && !posting.postedUntil && posting.kind === 'regular')
      .map((posting) => posting.office),
  );
}
