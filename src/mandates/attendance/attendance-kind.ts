import type { Tx } from '../../kernel/db.ts';
import { changeFacts } from '../../kernel/facts.ts';
import {
  type Comparison,
  countOutcomes,
  type Dependent,
  forgetRefusals,
  type ImportKind,
  type ImportRun,
  laterImports,
  refusedSample,
} from '../../kernel/imports/index.ts';
import { importRoles, withinOffices } from '../../organisations/index.ts';
import * as store from './import-store.ts';
import { attendanceColumns, attendanceStaging, readAttendance } from './read-attendance.ts';

const faults = {
  no_session: { hi: 'सत्र का कोड नहीं है', en: 'no code of the session' },
  no_minutes: { hi: 'सत्र के मिनट 1 से 1440 तक हों', en: 'a session has 1 to 1440 minutes' },
  unknown_mode: {
    hi: 'माध्यम अज्ञात है: कक्षा, ऑनलाइन या आवासीय लिखें',
    en: 'unknown mode: write classroom, online or residential',
  },
  unknown_status: {
    hi: 'उपस्थिति का शब्द अज्ञात है: उपस्थित या अनुपस्थित लिखें',
    en: 'unknown word of attendance: write present or absent',
  },
  unknown_person: { hi: 'यह कार्मिक नहीं मिला', en: 'unknown person' },
  own_record: { hi: 'अपनी उपस्थिति आप स्वयं दर्ज नहीं कर सकते', en: 'nobody records his own' },
  unknown_course: { hi: 'कोर्स कोड अज्ञात है', en: 'unknown course' },
  session_unknown: {
    hi: 'सत्र नया है; उसका नाम, दिनांक और मिनट दें',
    en: 'the session is new: give its title, day and minutes',
  },
  session_differs: {
    hi: 'इस कोड का सत्र अन्य विवरण से दर्ज है; नया कोड दें या पिछला आयात वापस लें',
    en: 'a session of this code is recorded with other details: give a new code, or take the earlier import back',
  },
  session_elsewhere: {
    hi: 'इस कोड का सत्र दूसरे विभाग का है; अपने सत्र का नया कोड दें',
    en: 'a session of this code is another department’s: give your own a new code',
  },
  more_than_session: {
    hi: 'उपस्थित मिनट सत्र के मिनटों से अधिक हैं',
    en: 'more minutes present than the session has',
  },
} as const;

/** Sessions of classroom training and who was there, until the centres have a desk of their own. */
export const attendanceKind: ImportKind = {
  name: 'attendance',
  columns: attendanceColumns,
  examples: {
    session_code: { hi: 'UPAAM-2026-101', en: 'UPAAM-2026-101' },
    programme: { hi: 'P7', en: 'P7' },
    title: { hi: 'सात दिवसीय प्रशिक्षण', en: 'Seven days of training' },
    day: { hi: '10-11-2026', en: '10-11-2026' },
    minutes: { hi: '360', en: '360' },
    mode: { hi: 'कक्षा, ऑनलाइन या आवासीय', en: 'classroom, online or residential' },
    institute_code: { hi: 'UPAAM', en: 'UPAAM' },
    employee_code: { hi: 'SW1001', en: 'SW1001' },
    issuer: { hi: 'EHRMS (ख़ाली हो तो यही)', en: 'EHRMS (also where it is empty)' },
    minutes_present: { hi: '300', en: '300' },
    status: { hi: 'उपस्थित या अनुपस्थित', en: 'present or absent' },
  },
  staging: attendanceStaging,
  faults,
  read: readAttendance,
  ...withinOffices(importRoles),
  compare,
  apply,
  dependents,
  takeBack,
};

async function compare(tx: Tx, run: ImportRun): Promise<Comparison> {
  await forgetRefusals(tx, run);
  await store.identify(tx, run);
  await store.gatherSessions(tx, run);
  await store.refuse(tx, run);
  run.advance(0.3);
  await store.gatherRows(tx, run);
  const counts = await countOutcomes(tx, run, 'at_new');
  const sessions = await store.countNewSessions(tx);
  return {
    ...counts,
    more: { newSessions: sessions },
    samples: {
      added: await store.sampleOf(tx, 'added'),
      changed: await store.sampleOf(tx, 'changed'),
      rejected: await refusedSample(tx, run, {
        faults,
        title: "coalesce(s.code, '–')",
        detail: "concat_ws(' · ', s.session_code, s.day)",
      }),
    },
  };
}

async function apply(tx: Tx, run: ImportRun): Promise<void> {
  await store.writeSessions(tx, run);
  await changeFacts(tx, { table: 'at_touched' }, async () => {
    await store.voidChanged(tx, run);
    await store.writeAttendance(tx, run);
  });
}

function dependents(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  return store
    .sessionsInUse(tx, run)
    .then(async (used) => [...(await laterImports(tx, run, store.ownAttendance(run))), ...used]);
}

async function takeBack(tx: Tx, run: ImportRun): Promise<void> {
  await store.gatherReturning(tx, run);
  await changeFacts(tx, { table: 'at_returning' }, () => store.restoreAttendance(tx, run));
  await store.voidSessions(tx, run);
}
