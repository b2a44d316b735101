-- The same view, so written that every version of PostgreSQL tells its text alike.
create or replace view area_way as
  with recursive way as (
    select area_id, parent_id, kind <> 'country' as counts, array[node_id] as nodes,
      case when kind in ('state', 'division', 'district') then array[node_id] else '{}'::uuid[] end as class_nodes
    from area
    union all
    select way.area_id, area.parent_id, way.counts, way.nodes || area.node_id,
      case when area.kind in ('state', 'division', 'district') then way.class_nodes || area.node_id
        else way.class_nodes end
    from way join area on area.area_id = way.parent_id and area.kind <> 'country'
  )
  select distinct on (way.area_id) way.area_id, case when way.counts then way.nodes else '{}' end as nodes,
    way.class_nodes
  from way join area itself on itself.area_id = way.area_id
  order by way.area_id, cardinality(way.nodes) desc;
