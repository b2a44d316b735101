import { sql } from 'kysely';
import type { Bilingual } from '../../kernel/i18n.ts';
import type { AreaKind, Dimension, PlaceId, RowsWish, Sql } from './subject.ts';

const officeNames = sql`select office_id::text as id, code, name_hi as hi, name_en as en from office`;
const departmentNames = sql`${officeNames} where kind = 'department'`;

function areaNames(kind: AreaKind): Sql {
  return sql`select area_id as id, code, name_hi as hi, name_en as en from area where kind = ${kind}`;
}

function areasSaid(kind: AreaKind): Sql {
  return sql`select code as value, name_hi as hi, name_en as en from area where kind = ${kind}`;
}

function areasOfOffices(kind: AreaKind, officeId: string): Sql {
  return sql`${areasSaid(kind)} and node_id in (
    select unnest(nodes) from office where path @> array[${officeId}::uuid])`;
}

const itself: Bilingual = { hi: 'इसी कार्यालय में', en: 'In the office itself' };
const noArea: Bilingual = { hi: 'जनपद दर्ज नहीं', en: 'No district entered' };

/** By where: each key is an office or an area; a subject's rows carry it as `at_<id>`. */
export const placeDimensions: readonly Dimension[] = [
  {
    id: 'below',
    name: { hi: 'सीधे अधीनस्थ कार्यालय', en: 'Office right below' },
    key: sql.ref('r.at_below'),
    place: 'below',
    names: officeNames,
    hasCode: true,
    none: itself,
  },
  {
    id: 'office',
    name: { hi: 'कार्यालय', en: 'Office' },
    key: sql.ref('r.at_office'),
    place: 'office',
    names: officeNames,
    hasCode: true,
  },
  {
    id: 'department',
    name: { hi: 'विभाग', en: 'Department' },
    key: sql.ref('r.at_department'),
    place: 'department',
    names: departmentNames,
    hasCode: true,
    none: { hi: 'किसी विभाग में नहीं', en: 'In no department' },
  },
  {
    id: 'district',
    name: { hi: 'जनपद', en: 'District' },
    key: sql.ref('r.at_district'),
    place: 'district',
    names: areaNames('district'),
    hasCode: true,
    none: noArea,
    said: areasSaid('district'),
    saidHere: ({ officeId }) => areasOfOffices('district', officeId),
    area: 'district',
  },
  {
    id: 'division',
    name: { hi: 'मंडल', en: 'Division' },
    key: sql.ref('r.at_division'),
    place: 'division',
    names: areaNames('division'),
    hasCode: true,
    none: noArea,
    said: areasSaid('division'),
    saidHere: ({ officeId }) => areasOfOffices('division', officeId),
    area: 'division',
  },
];

type HereWish = Pick<RowsWish, 'office' | 'countedAt' | 'told' | 'areas'>;

/** The offices at or below the report's, each with what it stands at: `office_id, at_…`. */
export function hereSql({ office, countedAt, told, areas }: HereWish): Sql {
  const places = [...new Set([...countedAt, ...told])];
  const columns = places.map((place) => sql`, ${columnSql(place, office.path.length)} as ${atName(place)}`);
  const joins = [
    ...(places.includes('department') ? [departmentSql] : []),
    ...(places.includes('district') || places.includes('division') ? [areasSql] : []),
  ];
  return sql`(select o.office_id ${sql.join(columns, sql``)} from office o ${sql.join(joins, sql` `)}
    where o.path @> array[${office.officeId}::uuid] ${sql.join(areas.map(inAreas), sql``)})`;
}

function inAreas({ kind, codes }: RowsWish['areas'][number]): Sql {
  return sql` and o.nodes && array(
    select node_id from area where kind = ${kind} and code = any(${[...codes]}::text[]))`;
}

/** The report's office and all below it: `office_id`. */
export function officesBelowSql({ office }: Pick<RowsWish, 'office'>): Sql {
  return sql`select office_id from office where path @> array[${office.officeId}::uuid]`;
}

export function atName(place: PlaceId): Sql {
  return sql.ref(`at_${place}`);
}

/** `, r.at_…` of each place, to carry it on. */
export function carried(places: readonly PlaceId[], from: string): Sql {
  return sql.join(
    [...new Set(places)].map((place) => sql`, ${sql.ref(`${from}.at_${place}`)}`),
    sql``,
  );
}

function columnSql(place: PlaceId, depth: number): Sql {
  switch (place) {
    case 'office':
      return sql`o.office_id`;
    case 'below':
      return sql`o.path[${sql.lit(depth + 1)}]`;
    case 'department':
      return sql`dep.department_id`;
    case 'district':
      return sql`area_of.district_id`;
    case 'division':
      return sql`area_of.division_id`;
  }
}

// The nearest one above, or the office itself: the deepest in its path.
const departmentSql = sql`left join (
    select distinct on (x.office_id) x.office_id, department.office_id as department_id
    from office x cross join unnest(x.path) with ordinality as above (office_id, depth)
      join office department on department.office_id = above.office_id and department.kind = 'department'
    order by x.office_id, above.depth desc
  ) dep on dep.office_id = o.office_id`;

// By the office's nodes, as the counters of areas go: those of its own area, else of the nearest office above with one.
// They follow those of its path, the nearest first; there are many offices and few such ways.
const areasSql = sql`left join (
    select way.nodes[1] as node_id, max(area.area_id) filter (where area.kind = 'district') as district_id,
      max(area.area_id) filter (where area.kind = 'division') as division_id
    from (select distinct nodes[cardinality(path) + 1:] as nodes from office) way
      cross join unnest(way.nodes) as node (node_id) join area on area.node_id = node.node_id
    where area.kind in ('district', 'division') group by way.nodes[1]
  ) area_of on area_of.node_id = o.nodes[cardinality(o.path) + 1]`;
