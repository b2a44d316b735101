import { type ImportKind, type ReadEnv, type ReadRow, RowReader } from '../../kernel/imports/index.ts';
import { reshapeTree } from '../stores/tree-locks.ts';
import { applyOffices } from './apply-offices.ts';
import { compareOffices } from './compare-offices.ts';
import { officeFaults } from './faults.ts';
import { importRoles, withinOffices } from './policy.ts';
import { officeDependents, takeBackOffices } from './undo-offices.ts';

/** Offices as INTERFACES lists them; parents may come after their children. */
export const officesKind: ImportKind = {
  name: 'offices',
  columns: [
    { name: 'office_code', aliases: ['कार्यालय कोड', 'Office Code'], required: true },
    {
      name: 'name_hi',
      aliases: ['नाम', 'कार्यालय का नाम', 'कार्यालय', 'Name (Hindi)', 'नाम (हिन्दी)'],
      required: true,
    },
    { name: 'name_en', aliases: ['नाम (अंग्रेज़ी)', 'Name', 'Name (English)', 'Office Name'] },
    { name: 'parent_code', aliases: ['मूल कार्यालय कोड', 'उच्च कार्यालय कोड', 'Parent Office Code', 'parent'] },
    { name: 'kind', aliases: ['प्रकार', 'कार्यालय प्रकार', 'Office Type', 'type'] },
    { name: 'area_code', aliases: ['क्षेत्र कोड', 'LGD Code', 'lgd_code'] },
    { name: 'strength', aliases: ['स्वीकृत पद', 'Sanctioned Posts', 'Sanctioned Strength'] },
    { name: 'from', aliases: ['से', 'valid_from', 'प्रारंभ तिथि'] },
    { name: 'to', aliases: ['तक', 'valid_until', 'समाप्ति तिथि'] },
  ],
  staging: {
    code: 'text',
    name_hi: 'text',
    name_en: 'text',
    parent_code: 'text', // null: the file has no such column; '': a root
    kind: 'text',
    area_code: 'text',
    strength: 'integer',
    valid_from: 'date',
    valid_until: 'date',
  },
  faults: officeFaults,
  read: readOffice,
  ...withinOffices(importRoles),
  hold: reshapeTree,
  compare: compareOffices,
  apply: applyOffices,
  dependents: officeDependents,
  takeBack: takeBackOffices,
};

function readOffice(cells: readonly string[], env: ReadEnv): ReadRow {
  const [
    code = '',
    nameHi = '',
    nameEn = '',
    parent = '',
    kind = '',
    area = '',
    strength = '',
    from = '',
    to = '',
  ] = cells;
  const row = new RowReader(env);
  const values = [row.needed('no_code', code), row.needed('no_name', nameHi)];
  const posts = row.count('strength', strength);
  const [first, last] = [row.day('from', from), row.day('to', to)];
  if (first && last && last < first) row.faults.push('to_before_from');
  row.refuseLonger(500, { office_code: code, name_hi: nameHi, name_en: nameEn, kind });
  const parentCode = env.has('parent_code') ? parent : null;
  return row.row([...values, nameEn || null, parentCode, kind || null, area || null, posts, first, last]);
}
