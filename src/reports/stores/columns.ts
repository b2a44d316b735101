import { sql } from 'kysely';
import type { ListColumn } from './subject.ts';

/** What is known of the person of each row; for those who read names. */
export const personColumns: readonly ListColumn[] = [
  personal({
    id: 'code',
    name: { hi: 'कर्मचारी कोड', en: 'Employee code' },
    type: 'text',
    sql: sql`p.employee_code`,
  }),
  personal({
    id: 'nameHi',
    name: { hi: 'नाम', en: 'Name (Hindi)' },
    type: 'text',
    sql: sql`coalesce(p.name_hi, p.name_en)`,
  }),
  personal({
    id: 'nameEn',
    name: { hi: 'नाम (अंग्रेज़ी)', en: 'Name (English)' },
    type: 'text',
    sql: sql`p.name_en`,
  }),
  ofSight({ id: 'mobile', name: { hi: 'मोबाइल', en: 'Mobile' }, type: 'text', sql: sql`p.mobile` }),
  ofSight({ id: 'email', name: { hi: 'ईमेल', en: 'E-mail' }, type: 'text', sql: sql`p.email` }),
  ofSight({
    id: 'joinedOn',
    name: { hi: 'सेवा में आने की तिथि', en: 'Joined service on' },
    type: 'day',
    sql: sql`p.joined_on`,
  }),
  ofSight({
    id: 'retiresOn',
    name: { hi: 'सेवानिवृत्ति तिथि', en: 'Retires on' },
    type: 'day',
    sql: sql`p.retires_on`,
  }),
  {
    id: 'officeCode',
    name: { hi: 'कार्यालय कोड', en: 'Office code' },
    type: 'text',
    sql: sql`o.code`,
    joins: ['office'],
  },
];

function personal(column: Pick<ListColumn, 'id' | 'name' | 'type' | 'sql'>): ListColumn {
  return { ...column, joins: ['person'], isPersonal: true };
}

/** As today's record has it: whoever has left the reader's offices is another officer's to ask about. */
function ofSight(column: Parameters<typeof personal>[0]): ListColumn {
  return { ...personal(column), isOfSight: true };
}
