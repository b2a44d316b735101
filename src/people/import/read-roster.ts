import {
  dayCell,
  emailCell,
  mobileCell,
  type Parsed,
  pastDayCell,
  type ReadEnv,
  type ReadRow,
  wordList,
} from '../../kernel/imports/index.ts';
import { foldText, hasDevanagari } from '../../kernel/text/index.ts';

export const rosterColumns = [
  {
    name: 'employee_code',
    aliases: ['कर्मचारी कोड', 'कार्मिक कोड', 'eHRMS Id', 'eHRMS Code', 'Employee Id', 'Employee No'],
    required: true,
  },
  { name: 'issuer', aliases: ['जारीकर्ता', 'कोड जारीकर्ता'] },
  { name: 'name_hi', aliases: ['नाम', 'नाम (हिन्दी)', 'Name (Hindi)'], required: 'name' },
  { name: 'name_en', aliases: ['नाम (अंग्रेज़ी)', 'Full Name', 'Name (English)', 'Name'], required: 'name' },
  { name: 'mobile', aliases: ['मोबाइल', 'मोबाइल नंबर', 'Mobile No', 'Mobile Number', 'Phone'] },
  { name: 'email', aliases: ['ईमेल', 'ई-मेल', 'E-mail', 'Email Id'] },
  { name: 'office_code', aliases: ['कार्यालय कोड', 'Office Id'], required: true },
  { name: 'designation', aliases: ['पदनाम'] },
  { name: 'group', aliases: ['समूह', 'Service Group'] },
  { name: 'cadre', aliases: ['संवर्ग', 'सेवा संवर्ग', 'Service'] },
  { name: 'engagement', aliases: ['नियुक्ति प्रकार', 'नियुक्ति का प्रकार', 'Engagement Type', 'Employment Type'] },
  { name: 'posting_kind', aliases: ['पदस्थापन प्रकार', 'पदस्थापन का प्रकार', 'Posting Type'] },
  { name: 'posted_on', aliases: ['पदस्थापन तिथि', 'पदस्थापन से', 'Date of Posting', 'Posting Date'] },
  { name: 'posted_until', aliases: ['पदस्थापन समाप्ति तिथि', 'कब तक'] },
  { name: 'end_reason', aliases: ['समाप्ति का कारण', 'समाप्ति कारण'] },
  { name: 'joined_on', aliases: ['कार्यभार ग्रहण तिथि', 'नियुक्ति तिथि', 'Date of Joining', 'Joining Date'] },
  { name: 'retires_on', aliases: ['सेवानिवृत्ति तिथि', 'Date of Retirement', 'Retirement Date'] },
  { name: 'controlling_officer', aliases: ['नियंत्रक अधिकारी', 'Controlling Officer Code'] },
  { name: 'registered_on', aliases: ['पंजीकरण तिथि', 'Registered Date', 'Registration Date'] },
  { name: 'language', aliases: ['भाषा', 'Preferred Language'] },
] as const;

export const rosterStaging = {
  code: 'text',
  issuer: 'text',
  name_hi: 'text',
  name_en: 'text',
  mobile: 'text',
  email: 'text',
  office_code: 'text',
  designation: 'text',
  designation_key: 'text',
  service_group: 'text',
  cadre: 'text',
  cadre_key: 'text',
  engagement: 'text',
  posting_kind: 'text',
  posted_on: 'date',
  posted_until: 'date',
  end_reason: 'text',
  joined_on: 'date',
  retires_on: 'date',
  controlling_officer: 'text',
  registered_on: 'date',
  language: 'text',
  left_out: 'text',
} as const;

const engagementWord = wordList({
  permanent: ['नियमित', 'स्थायी', 'regular'],
  temporary: ['अस्थायी', 'अस्थाई'],
  contract: ['संविदा', 'contractual'],
  outsourced: ['आउटसोर्स', 'आउटसोर्सिंग', 'outsource', 'outsourcing'],
  honorary: ['मानदेय', 'honorarium'],
  elected: ['निर्वाचित'],
  trainee: ['प्रशिक्षु', 'probationer'],
});
const kindWord = wordList({
  regular: ['नियमित', 'मूल'],
  additional_charge: ['अतिरिक्त प्रभार', 'additional'],
  deputation: ['प्रतिनियुक्ति', 'on deputation'],
  attached: ['सम्बद्ध', 'संबद्ध', 'attachment'],
});
const reasonWord = wordList({
  retired: ['सेवानिवृत्त', 'सेवानिवृत्ति', 'retirement', 'superannuated'],
  died: ['मृत्यु', 'दिवंगत', 'मृत', 'death', 'deceased'],
  transferred: ['स्थानांतरण', 'स्थानांतरित', 'transfer'],
  contract_ended: ['संविदा समाप्त', 'अनुबंध समाप्त', 'contract end'],
  other: ['अन्य', 'resigned', 'त्यागपत्र'],
});
const groupWord = wordList({
  A: ['क', 'group a', 'समूह क', 'वर्ग क', 'श्रेणी क', 'समूह A'],
  B: ['ख', 'group b', 'समूह ख', 'वर्ग ख', 'श्रेणी ख', 'समूह B'],
  C: ['ग', 'group c', 'समूह ग', 'वर्ग ग', 'श्रेणी ग', 'समूह C'],
  D: ['घ', 'group d', 'समूह घ', 'वर्ग घ', 'श्रेणी घ', 'समूह D'],
});
const languageWord = wordList({
  hi: ['hindi', 'हिन्दी', 'हिंदी'],
  en: ['english', 'अंग्रेज़ी', 'अंग्रेजी'],
  ur: ['urdu', 'उर्दू'],
});

/** One row of a roster as its staging values. Column order is `rosterColumns`'. */
export function readRoster(cells: readonly string[], env: ReadEnv): ReadRow {
  const reading = new Reading(cells, env);
  const [nameHi, nameEn] = namesOf(reading.text(2), reading.text(3));
  const code = reading.text(0);
  const office = reading.text(6);
  if (code === null) reading.faults.push('no_code');
  if (office === null) reading.faults.push('no_office');
  const designation = reading.text(7);
  const cadre = reading.text(9);
  const postedOn = reading.day(12, pastDayCell);
  const postedUntil = reading.day(13, (cell) => dayCell(cell, env.format));
  if (postedOn && postedUntil && postedUntil < postedOn) reading.faults.push('until_before_start');
  const values = [
    code,
    reading.text(1)?.toUpperCase() ?? 'EHRMS',
    nameHi,
    nameEn,
    reading.doubtful(4, mobileCell),
    reading.doubtful(5, emailCell),
    office,
    designation,
    keyOf(designation),
    reading.word(8, groupWord, 'unknown_group'),
    cadre,
    keyOf(cadre),
    reading.word(10, engagementWord, 'unknown_engagement'),
    reading.word(11, kindWord, 'unknown_kind'),
    postedOn,
    postedUntil,
    reading.word(14, reasonWord, 'unknown_reason'),
    reading.day(15, pastDayCell),
    reading.day(16, (cell) => dayCell(cell, env.format)),
    reading.text(17),
    reading.day(18, pastDayCell),
    reading.doubtful(19, (cell) => (cell === '' ? null : languageWord(cell))),
  ];
  values.push(reading.leftOut());
  return { values, faults: reading.faults, warnings: reading.warnings };
}

class Reading {
  readonly faults: string[] = [];
  readonly warnings: string[] = [];
  private readonly cells: readonly string[];
  private readonly env: ReadEnv;

  constructor(cells: readonly string[], env: ReadEnv) {
    this.cells = cells;
    this.env = env;
  }

  text(place: number): string | null {
    const cell = this.cells[place] ?? '';
    if (cell === '' || cell === '-') return null;
    if (cell.length <= 300) return cell;
    this.faults.push(`too_long:${rosterColumns[place]?.name}`);
    return null;
  }

  day(place: number, parse: (cell: string, env: ReadEnv) => Parsed): string | null {
    const cell = this.cells[place] ?? '';
    if (cell === '') return null;
    const { value, fault } = parse(cell, this.env);
    if (fault) this.faults.push(`${fault}:${rosterColumns[place]?.name}`);
    return value;
  }

  word(place: number, find: (cell: string) => string | undefined, fault: string): string | null {
    const cell = this.cells[place] ?? '';
    if (cell === '' || cell === '-') return null;
    const word = find(cell);
    if (word === undefined) this.faults.push(fault);
    return word ?? null;
  }

  /** The columns whose values were left out, for the list of these rows. */
  leftOut(): string | null {
    return this.warnings.length > 0 ? this.warnings.join('|') : null;
  }

  /** A value that is left out, with a note, where it cannot be right: it is no reason to refuse a person. */
  doubtful(place: number, parse: (cell: string) => string | null | undefined): string | null {
    const value = parse(this.cells[place] ?? '');
    if (value === undefined) this.warnings.push(`ignored_${rosterColumns[place]?.name}`);
    return value ?? null;
  }
}

/** A name in Devanagari in the English column, and nothing in the other, is the Hindi name. */
function namesOf(hi: string | null, en: string | null): [string | null, string | null] {
  if (hi === null && en !== null && hasDevanagari(en)) return [en, null];
  return [hi, en];
}

const keys = new Map<string, string>();

/** Designations and cadres are told apart by their folded name; a roster has a few thousand of them. */
function keyOf(name: string | null): string | null {
  if (name === null) return null;
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (keys.size > 50_000) keys.clear();
  const key = foldText(name) || name;
  keys.set(name, key);
  return key;
}
