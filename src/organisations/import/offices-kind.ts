import {
  dayCell,
  type ImportKind,
  integerCell,
  type ReadEnv,
  type ReadRow,
} from '../../kernel/imports/index.ts';
import { applyOffices } from './apply-offices.ts';
import { compareOffices } from './compare-offices.ts';
import { officeFaults } from './faults.ts';
import { coversScope, importRoles, officeImportScope } from './policy.ts';
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
  authorise: (ctx, office) => officeImportScope(ctx, importRoles, office),
  covers: (ctx, scope) => coversScope(ctx, importRoles, scope),
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
  const faults: string[] = [];
  if (code === '') faults.push('no_code');
  if (nameHi === '') faults.push('no_name');
  const posts = integerCell(strength);
  if (posts === undefined) faults.push('not_a_number:strength');
  const first = dayCell(from, env.format);
  const last = dayCell(to, env.format);
  if (first.fault) faults.push(`${first.fault}:from`);
  if (last.fault) faults.push(`${last.fault}:to`);
  if (first.value && last.value && last.value < first.value) faults.push('to_before_from');
  for (const [name, text] of Object.entries({ office_code: code, name_hi: nameHi, name_en: nameEn, kind }))
    if (text.length > 500) faults.push(`too_long:${name}`);
  const values = [
    code || null,
    nameHi || null,
    nameEn || null,
    env.has('parent_code') ? parent : null,
    kind || null,
    area || null,
    posts === null || posts === undefined ? null : String(posts),
    first.value,
    last.value,
  ];
  return { values, faults, warnings: [] };
}
