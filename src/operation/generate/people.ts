import { type RawBuilder, sql } from 'kysely';
import { type Filling, fill } from './filling.ts';
import { type Making, nameCount } from './plan-people.ts';

const code = sql.raw(`'GEN' || lpad(g.n::text, 8, '0')`);

/**
 * Beginning with 5, as no Indian mobile number does: a message reaches nobody. Three in a hundred share a
 * neighbour's, eight have none that is known.
 */
function mobile({ random }: Making): RawBuilder<string | null> {
  const own = random.below('g.n', 25, 100);
  return sql`case when ${own} < 3 then '5' || lpad(greatest(g.n - 1, 0)::text, 9, '0')
    when ${own} < 92 then '5' || lpad(g.n::text, 9, '0') end`;
}

/** Officers have an address, of the others some: most field workers have none. */
function email({ random }: Making): RawBuilder<string | null> {
  return sql`case when t.service_group in ('A', 'B') or ${random.below('g.n', 26, 100)} < case when t.service_group = 'C' then 20 else 2 end
    then 'gen' || g.n || '@example.invalid' end`;
}

export async function addPeople(filling: Filling, making: Making): Promise<void> {
  const { random } = making;
  // Whoever learnt has signed in; of the others some have.
  const signedIn = sql`case when standing <> 'unregistered' and (end_completion > first_completion or ${random.below('g.n', 27, 100)} < 30)
    then account_day + ${random.below('g.office_n', 24, 25)} end`;
  const columns = `person_id, employee_code, name_hi, name_en, search_text, search_of, mobile, email,
    joined_on, retires_on, account_day, account_source, registered_on, signed_in_day`;
  const people = sql`select person_id, ${code}, hi, en, text, source, ${mobile(making)}, ${email(making)}, joined_on,
      case when t.engagement <> 'permanent' then null when standing = 'former' then moved_on
        else joined_on + 12200 + ${random.below('g.n', 28, 1500)} end,
      case when standing <> 'unregistered' then account_day end, case when standing <> 'unregistered' then 'import' end,
      case when standing <> 'unregistered' then account_day end, ${signedIn}
    from gen_person g join gen_name on gen_name.n = ${random.below('g.n', 20, nameCount)}
      join gen_post t on t.crew = g.crew and t.place = g.place
    order by g.n`;
  await fill(filling, { table: 'person', columns }, people);
  const codes = sql`select ${code}, 'EHRMS'::text, person_id from gen_person g order by g.n`;
  await fill(filling, { table: 'person_code', columns: 'code, issuer, person_id' }, codes);
  const contacts = sql`select value, 'mobile'::text, person_id from (select ${mobile(making)} as value, person_id from gen_person g) m where value is not null
    union all
    select ${email(making)}, 'email'::text, person_id from gen_person g join gen_post t on t.crew = g.crew and t.place = g.place
    where ${email(making)} is not null`;
  await fill(filling, { table: 'person_contact', columns: 'value, kind, person_id' }, contacts);
}

const postings = {
  table: 'posting',
  columns: `person_id, posting_id, office_id, designation_id, cadre_id, service_group, engagement, kind,
    is_primary, starts_on, ends_on, end_reason`,
};

/** One posting for nearly everybody; a transfer closes one, a second charge or a loan stands beside it. */
export async function addPostings(filling: Filling, { random }: Making): Promise<void> {
  const post = sql`t.designation_id, t.cadre_id, t.service_group, t.engagement`;
  const held = sql`select person_id, ${random.id('g.n', 2)}, o.office_id, ${post}, 'regular'::text, move is distinct from 'deputation',
      case when move = 'transferred' then moved_on + 1 else joined_on end,
      case when standing = 'former' then moved_on end, case when standing = 'former' then 'retired' end
    from gen_person g join gen_post t on t.crew = g.crew and t.place = g.place join gen_office o on o.n = g.office_n
    order by g.n`;
  await fill(filling, postings, held);
  const beside = sql`select person_id, ${random.id('g.n', 5)}, o.office_id, ${post}, case when move = 'transferred' then 'regular' else move end,
      move <> 'additional_charge', case when move = 'transferred' then joined_on else moved_on + 1 end,
      case when move = 'transferred' then moved_on end, case when move = 'transferred' then 'transferred' end
    from gen_person g join gen_post t on t.crew = g.crew and t.place = g.place join gen_office o on o.n = g.other_n
    where move is not null order by g.n`;
  await fill(filling, postings, beside);
}
