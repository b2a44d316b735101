import { z } from 'zod';
import { type MetricId, metricOf } from '../insight/index.ts';
import { factMetrics, postsReasons, rankings, type Sheet, sectionKeys } from './sheet/shape.ts';

const count = z.int().nullable();
const told = (id: MetricId) => count.describe(`${id}: ${metricOf(id).definition.en}`);
const day = z.string().describe('YYYY-MM-DD, an India day');
const names = { nameHi: z.string(), nameEn: z.string().nullable() };
const node = z.enum(['office', 'area']);
const opens = z.object({ node, code: z.string() }).nullable().describe('Where its own sheet stands');
const place = z.object({ node, code: z.string(), ...names, kind: z.string().nullable() });

const figures = z.object({
  registered: count,
  notOnRoster: count,
  former: count,
  signedIn: count,
  completions: count,
  renewals: count,
  aiReach: count,
  cyberReach: count,
  learningMinutes: count,
  digitalMinutes: count,
  classroomMinutes: count,
  atLeastOne: count,
  threeOrMore: count,
  fewerThanThree: count,
  inTraining: count,
  begun: count,
  bands: z.object({ none: count, oneOrTwo: count, threeOrMore: count }),
});

const postsShare = z
  .number()
  .nullable()
  .optional()
  .describe(
    'Per cent of the sanctioned posts that the registered are; null where some of them stand where no posts are entered. Absent from a sheet published by an earlier version',
  );

const line = z.object({
  code: z.string(),
  ...names,
  opens,
  figures,
  masked: z.array(z.string()),
  strength: count,
  postsShare,
  reach: z.number().nullable().describe('Per cent of the registered with one course or more'),
  perHead: z.number().nullable().describe('Courses completed per registered person'),
  change: z.number().nullable().describe('Of the reach since compareOn, in percentage points'),
  place: count.describe(
    'By rankedBy; null below 20 people, and of all where a figure that ranks one of them is masked',
  ),
  addedUp: count.describe(
    'So many offices were added up for it, each person once (in a sheet published by an earlier version, whoever is posted in two of them twice); null where it is the figure of one node',
  ),
});

const order = z.object({
  mandateId: z.string(),
  number: z.string(),
  titleHi: z.string().nullable(),
  titleEn: z.string().nullable(),
  dueOn: day.nullable(),
  bound: told('bound'),
  met: told('met'),
  metLate: told('met_late'),
  open: told('open'),
  overdue: told('overdue'),
  exempt: told('exempt'),
});

const boardLine = z.object({
  ...names,
  code: z.string().nullable(),
  hasJoined: z.boolean(),
  isOnList: z.boolean(),
  registered: count,
  strength: count,
  postsShare,
  reach: z.number().nullable(),
  nodalOfficers: z.int(),
  rosterOn: day.nullable(),
});

const named = z.object({
  code: z.string(),
  ...names,
  opens,
  place: z.int(),
  of: z.int(),
  facts: z.array(z.object({ metric: z.enum(factMetrics), value: z.number(), above: z.number() })),
});

const ends = { best: z.array(named), worst: z.array(named) };

/** The contract of `Sheet`. */
export const sheetShape = z.object({
  format: z.literal(1),
  place,
  path: z.array(place),
  asOf: day,
  compareOn: day.nullable(),
  isExact: z.boolean().describe('False: counts of 1 to 4 are masked, with whatever would give them away'),
  rankedBy: z.enum(rankings),
  figures,
  masked: z.array(z.string()),
  before: figures.nullable().describe('The same figures as of compareOn'),
  strength: count.describe('Sanctioned posts of today; null of another day'),
  posts: z
    .object({
      share: postsShare.unwrap(),
      why: z
        .enum(postsReasons)
        .nullable()
        .describe(
          'Why there is no share: some of the registered stand where no posts are entered, or are masked',
        ),
      recorded: z
        .int()
        .describe('Offices right below (of an area: the highest there) of which all posts are entered'),
      of: z.int().describe('Offices right below (of an area: the highest there)'),
    })
    .nullable()
    .optional()
    .describe('Absent from a sheet published by an earlier version'),
  roster: count.describe('People on the roster of today, with and without an account'),
  completionsOnDay: count,
  onboarded: count.describe('onboarded_in the days after compareOn: their first counting day is later'),
  orders: z.array(order),
  courses: z.object({
    total: z.int(),
    languages: z.array(z.object({ language: z.string(), count: z.int() })),
  }),
  curriculum: z
    .object({
      underRule: z.int(),
      complying: z.int(),
      failing: z.int(),
      reasoned: z.int(),
      departmentsFailing: z.int(),
    })
    .nullable(),
  sections: z.array(
    z.object({
      key: z.enum(sectionKeys),
      lines: z.array(line),
      countedAt: z.string().nullable().describe('The instant of a count that is not live; null: live'),
      outside: count
        .optional()
        .describe(
          'Registered people with a posting in none of the parts, though perhaps with another in one (of `units`: office_itself). The sum of the parts + outside − the whole are counted again. null or absent: not known',
        ),
    }),
  ),
  notable: z.object(ends).describe('The first of `ends`'),
  ends: z
    .array(z.object({ key: z.enum(sectionKeys), ...ends }))
    .optional()
    .describe(
      'Both ends of each table that has places; a department’s districts only where the offices below it have none. Absent from a sheet published by an earlier version',
    ),
  board: z
    .object({
      lines: z.array(boardLine),
      listed: z.int().describe('Departments of the published list'),
      joined: z.int(),
      withNodal: z.int(),
    })
    .nullable(),
  leftOut: z
    .object({
      why: z
        .enum(['noArea', 'elsewhere'])
        .describe('Their offices stand in no area; or in another state, or in no area'),
      people: count.describe('null: 1 to 4'),
      whole: z.int().describe('Registered people of the government'),
    })
    .nullable()
    .optional()
    .describe(
      'Of an area: whom of the government it leaves out. Absent from a sheet published by an earlier version',
    ),
  trend: z.array(
    z.object({
      period: day,
      completions: z.int(),
      minutes: z.int(),
      onboarded: z.int(),
      isUnfinished: z.boolean(),
    }),
  ),
}) satisfies z.ZodType<Sheet>;

export const sheetQuery = z.object({
  asOf: z.string().max(40).optional().describe('YYYY-MM-DD; today where absent or later than today'),
  compare: z
    .string()
    .max(40)
    .optional()
    .describe('YYYY-MM-DD; a month before where absent or not before the day of the sheet'),
  rank: z.enum(rankings).optional().catch(undefined).describe('What units are ranked by; reach where absent'),
});
