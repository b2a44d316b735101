import {
  emailCell,
  instantCell,
  mobileCell,
  pastDayCell,
  type ReadEnv,
  type ReadRow,
} from '../../kernel/imports/index.ts';

export const completionColumns = [
  {
    name: 'employee_code',
    aliases: ['कर्मचारी कोड', 'कार्मिक कोड', 'eHRMS Id', 'eHRMS Code', 'Employee Id'],
    required: 'person',
  },
  {
    name: 'mobile',
    aliases: ['मोबाइल', 'मोबाइल नंबर', 'Mobile No', 'Mobile Number', 'Phone'],
    required: 'person',
  },
  { name: 'email', aliases: ['ईमेल', 'ई-मेल', 'E-mail', 'Email Id'], required: 'person' },
  { name: 'issuer', aliases: ['जारीकर्ता', 'कोड जारीकर्ता'] },
  { name: 'course_code', aliases: ['पाठ्यक्रम कोड', 'कोर्स कोड', 'Course ID', 'Content ID'], required: true },
  {
    name: 'completed_on',
    aliases: ['पूर्ण तिथि', 'पूर्णता तिथि', 'Completion Date', 'Date of Completion'],
    required: true,
  },
  { name: 'source', aliases: ['स्रोत'] },
  {
    name: 'certificate_no',
    aliases: ['प्रमाण-पत्र संख्या', 'प्रमाणपत्र संख्या', 'Certificate Number', 'Certificate ID'],
  },
] as const;

export const completionStaging = {
  code: 'text',
  issuer: 'text',
  mobile: 'text',
  email: 'text',
  course_code: 'text',
  completed_day: 'date',
  completed_at: 'timestamptz',
  source: 'text',
  certificate_no: 'text',
} as const;

/** One row of completions as its staging values; column order is `completionColumns`'. */
export function readCompletion(cells: readonly string[], env: ReadEnv): ReadRow {
  const [code = '', mobile = '', email = '', issuer = '', course = '', on = '', source = '', number = ''] =
    cells;
  const faults: string[] = [];
  if (code === '' && mobile === '' && email === '') faults.push('no_code');
  if (course === '') faults.push('no_course');
  const day = pastDayCell(on, env);
  if (day.fault) faults.push(`${day.fault}:completed_on`);
  else if (day.value === null) faults.push('impossible_date:completed_on');
  for (const [name, text] of Object.entries({ employee_code: code, email, source, certificate_no: number }))
    if (text.length > 300) faults.push(`too_long:${name}`);
  const values = [
    code || null,
    issuer.toUpperCase() || 'EHRMS',
    // A number that cannot be one is kept as it is: it matches nobody and waits to be matched by hand.
    mobileCell(mobile) ?? (mobile || null),
    emailCell(email) ?? (email.toLowerCase() || null),
    course || null,
    day.value,
    day.value === null ? null : instantCell(on),
    // 'daksh' is kept for what Daksh itself decided.
    source === '' || source.toLowerCase() === 'daksh' ? 'import' : source,
    number || null,
  ];
  return { values, faults, warnings: [] };
}
