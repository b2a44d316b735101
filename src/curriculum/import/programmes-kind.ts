import { type Day, todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import {
  type Comparison,
  countOutcomes,
  forgetRefusals,
  type ImportKind,
  type ImportRun,
  type ImportWarning,
  refusedSample,
} from '../../kernel/imports/index.ts';
import { importRoles, withinOffices } from '../../organisations/index.ts';
import { missingIn, type Rule, rulesFor } from '../rules/compliance.ts';
import { sourcesOf } from '../rules/scene.ts';
import { allRules } from '../stores/rules.ts';
import * as store from './import-store.ts';
import { programmesColumns, programmesStaging, readProgrammes } from './read-programmes.ts';

const faults = {
  no_revision: { hi: 'पुनरीक्षण की तिथि नहीं है', en: 'no day of revision' },
  unknown_induction: { hi: 'प्रवेश प्रशिक्षण: हाँ या नहीं लिखें', en: 'induction is yes or no' },
  part_or_course: {
    hi: 'कोर्स कोड या भाग का नाम दें: दोनों में से एक',
    en: 'give a course’s code or a part’s name: one of the two',
  },
  unknown_course: { hi: 'कोर्स कोड अज्ञात है', en: 'unknown course' },
  retired_course: { hi: 'यह कोर्स अब नहीं चलता', en: 'this course is no longer offered' },
  programme_elsewhere: {
    hi: 'इस कोड का कार्यक्रम दूसरे संस्थान का है या बंद है',
    en: 'a programme of this code is another institute’s, or closed',
  },
  rule_blocks: {
    hi: 'आदेश के अनुसार आवश्यक भाग इस पाठ्यचर्या में नहीं हैं',
    en: 'parts that an order requires are missing in this syllabus',
  },
  with_refused: {
    hi: 'इसी कार्यक्रम की दूसरी पंक्ति अस्वीकृत है',
    en: 'another row of this programme was refused',
  },
} as const;

/** Institutes' programmes with the syllabi in force: a row for each part. */
export const programmesKind: ImportKind = {
  name: 'programmes',
  columns: programmesColumns,
  examples: {
    programme_code: { hi: 'LKO-7D', en: 'LKO-7D' },
    revised_on: { hi: '01-04-2026', en: '01-04-2026' },
    in_force_from: {
      hi: '15-04-2026; ख़ाली हो तो पुनरीक्षण तिथि',
      en: '15-04-2026; where empty, the day of revision',
    },
    induction: { hi: 'हाँ या नहीं', en: 'yes or no' },
    course_code: { hi: 'कोर्स का कोड, या ख़ाली', en: 'a course’s code, or empty' },
    part: { hi: 'भाग का नाम, जब कोर्स कोड न हो', en: 'the part’s name, where there is no course code' },
    tags: { hi: 'ai; cyber', en: 'ai; cyber' },
    minutes: { hi: '90', en: '90' },
  },
  staging: programmesStaging,
  faults,
  read: readProgrammes,
  ...withinOffices(importRoles),
  compare,
  apply: store.writeProgrammes,
  dependents: store.usesOf,
  takeBack: store.removeProgrammes,
};

async function compare(tx: Tx, run: ImportRun): Promise<Comparison> {
  await forgetRefusals(tx, run);
  await store.gatherRows(tx, run);
  await store.refuse(tx, run);
  await store.refuseRest(tx, run);
  await store.refuseProgrammes(tx, run, await blocked(tx, run));
  await store.gatherProgrammes(tx, run);
  return {
    ...(await countOutcomes(tx, run, 'cu_new')),
    more: {},
    warnings: await warned(tx, run),
    samples: {
      added: await store.sampleOf(tx, 'added'),
      changed: await store.sampleOf(tx, 'changed'),
      rejected: await refusedSample(tx, run, {
        faults,
        title: "coalesce(s.code, '–')",
        detail: 'coalesce(s.course_code, s.part)',
      }),
    },
  };
}

/** A file brings what was in force; what a blocking rule forbade on its first day was not. */
async function blocked(tx: Tx, run: ImportRun): Promise<string[]> {
  const isBlocking = (rule: Rule) => rule.enforcement === 'blocking';
  const found = await lacking(tx, run, { isAsked: isBlocking, dayOf: (one) => one.from });
  return found.map(({ code }) => code);
}

/** What is taken all the same, and will stand on the list of those that do not comply. */
async function warned(tx: Tx, run: ImportRun): Promise<ImportWarning[]> {
  const today = todayInIndia(run.ctx.clock);
  const found = await lacking(tx, run, {
    isAsked: () => true,
    dayOf: (one) => (one.from > today ? one.from : today),
  });
  if (found.length === 0) return [];
  const sample = found.slice(0, 5).map(({ code, tags }) => `${code}: ${tags.join(', ')}`);
  return [{ code: 'rule_missed', count: found.length, sample }];
}

type Asking = { isAsked(rule: Rule): boolean; dayOf(one: store.StagedSyllabus): Day };

type Lacking = { code: string; tags: string[] };

/** Programmes whose syllabus lacks a part that a rule of the day asks for, and which parts. */
async function lacking(tx: Tx, run: ImportRun, { isAsked, dayOf }: Asking): Promise<Lacking[]> {
  const rules = (await allRules(tx)).filter(isAsked);
  const staged = rules.length > 0 ? await store.stagedSyllabi(tx, run) : [];
  const parts = staged.flatMap((one) => one.parts);
  const sources = await sourcesOf(tx, parts);
  return staged
    .map((one) => {
      const day = dayOf(one);
      const asking = rulesFor(rules, { kind: 'programme', officePath: one.officePath }, day);
      const missing = missingIn(one.parts, { rules: asking, sources, day });
      return { code: one.code, tags: missing.map(({ tag }) => tag) };
    })
    .filter(({ tags }) => tags.length > 0);
}
