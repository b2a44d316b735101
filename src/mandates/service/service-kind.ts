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
  type ReadEnv,
  type ReadRow,
  RowReader,
  refusedSample,
  wordList,
} from '../../kernel/imports/index.ts';
import { importRoles, withinOffices } from '../../organisations/index.ts';
import * as store from './import-store.ts';
import { kindsOfOneDay } from './schema.ts';
import { tellingMovedDays } from './tell-moved-days.ts';

const faults = {
  unknown_person: { hi: 'यह कार्मिक नहीं मिला', en: 'unknown person' },
  unknown_kind: {
    hi: 'प्रविष्टि का प्रकार अज्ञात है: लंबा अवकाश, निलंबन, प्रतिनियुक्ति, देर से कार्यभार ग्रहण या निधन लिखें',
    en: 'unknown kind of entry: write long_leave, suspension, deputation_out, late_joining or death',
  },
  own_record: { hi: 'अपनी प्रविष्टि आप स्वयं नहीं कर सकते', en: 'nobody records his own' },
  ends_before: { hi: 'अंतिम दिन पहले दिन से पहले का है', en: 'the last day lies before the first' },
  no_document: {
    hi: 'निधन के लिए आदेश या मृत्यु प्रमाणपत्र की संख्या चाहिए',
    en: 'a death needs the number of an order or of the death certificate',
  },
  overlaps: { hi: 'इन दिनों की ऐसी प्रविष्टि पहले से है', en: 'such an entry covers some of these days already' },
} as const;

/**
 * Leave, suspension and the like from the establishment's register. A file passes through many hands, so it
 * carries no reasons: those stay with the officer who records one by hand, and the person.
 */
export const serviceKind: ImportKind = {
  name: 'service',
  columns: [
    {
      name: 'employee_code',
      aliases: ['कर्मचारी कोड', 'कार्मिक कोड', 'eHRMS Id', 'eHRMS Code'],
      required: true,
    },
    { name: 'issuer', aliases: ['जारीकर्ता', 'कोड जारीकर्ता'] },
    { name: 'service_kind', aliases: ['प्रविष्टि का प्रकार', 'kind'], required: true },
    { name: 'starts_on', aliases: ['प्रथम दिवस', 'from'], required: true },
    { name: 'ends_on', aliases: ['अंतिम दिवस', 'to'] },
    { name: 'order_number', aliases: ['आदेश संख्या'] },
  ],
  examples: {
    employee_code: { hi: 'SW1001', en: 'SW1001' },
    issuer: { hi: 'EHRMS (ख़ाली हो तो यही)', en: 'EHRMS (also where it is empty)' },
    service_kind: {
      hi: 'लंबा अवकाश, निलंबन, प्रतिनियुक्ति, देर से कार्यभार ग्रहण या निधन',
      en: 'long_leave, suspension, deputation_out, late_joining or death',
    },
    starts_on: { hi: '01-10-2026', en: '01-10-2026' },
    ends_on: { hi: '15-11-2026; पता न हो तो ख़ाली', en: '15-11-2026; empty where not known' },
    order_number: { hi: 'स्था/2026/14', en: 'EST/2026/14' },
  },
  staging: {
    code: 'text',
    issuer: 'text',
    kind: 'text',
    starts_on: 'date',
    ends_on: 'date',
    order_number: 'text',
  },
  faults,
  read,
  ...withinOffices(importRoles),
  compare,
  apply,
  dependents: async (tx, run): Promise<Dependent[]> => [
    ...(await laterImports(tx, run, store.ownEvents(run))),
    ...(await store.changedByHand(tx, run)),
  ],
  takeBack,
};

const kindWord = wordList({
  long_leave: ['लंबा अवकाश', 'अवकाश', 'leave', 'long leave'],
  suspension: ['निलंबन', 'suspended'],
  deputation_out: ['प्रतिनियुक्ति', 'विभाग से बाहर प्रतिनियुक्ति', 'deputation'],
  late_joining: ['देर से कार्यभार ग्रहण', 'late joining'],
  death: ['निधन', 'मृत्यु', 'died'],
});

function read(cells: readonly string[], env: ReadEnv): ReadRow {
  const [code = '', issuer = '', kindCell = '', starts = '', ends = '', order = ''] = cells;
  const row = new RowReader(env);
  const employee = row.needed('no_code', code);
  const kind = kindWord(kindCell);
  if (kind === undefined) row.faults.push('unknown_kind');
  const startsOn = row.day('starts_on', starts);
  if (starts === '' || starts === '-') row.faults.push('impossible_date:starts_on');
  const isOfOneDay = kind !== undefined && kindsOfOneDay.includes(kind);
  if (isOfOneDay && startsOn !== null && startsOn > env.today) row.faults.push('future_date:starts_on');
  if (kind === 'death' && order === '') row.faults.push('no_document');
  const endsOn = isOfOneDay ? startsOn : row.day('ends_on', ends);
  if (startsOn !== null && endsOn !== null && endsOn < startsOn) row.faults.push('ends_before');
  row.refuseLonger(200, { employee_code: code, order_number: order });
  return row.row([employee, issuer.toUpperCase() || 'EHRMS', kind ?? null, startsOn, endsOn, order || null]);
}

async function compare(tx: Tx, run: ImportRun): Promise<Comparison> {
  await forgetRefusals(tx, run);
  await store.gatherEvents(tx, run);
  await store.refuseEvents(tx, run);
  await store.gatherNewEvents(tx, run);
  return {
    ...(await countOutcomes(tx, run, 'se_new')),
    more: {},
    samples: {
      added: await store.sampleOf(tx, 'added'),
      changed: await store.sampleOf(tx, 'changed'),
      rejected: await refusedSample(tx, run, {
        faults,
        title: "coalesce(s.code, '–')",
        detail: "concat_ws(' · ', s.starts_on, s.ends_on)",
      }),
    },
  };
}

async function apply(tx: Tx, run: ImportRun): Promise<void> {
  await changeFacts(tx, { table: 'se_touched' }, () =>
    tellingMovedDays(tx, run.ctx, {
      source: store.touchedPersons,
      work: async () => {
        await store.voidChanged(tx, run);
        await store.writeEvents(tx, run);
      },
    }),
  );
}

async function takeBack(tx: Tx, run: ImportRun): Promise<void> {
  await store.gatherReturning(tx, run);
  await changeFacts(tx, { table: 'se_returning' }, () =>
    tellingMovedDays(tx, run.ctx, {
      source: store.returningPersons,
      work: () => store.restoreEvents(tx, run),
    }),
  );
}
