-- As designations have: what English pages call a cadre. A roster brings one name; the other is given at the desk.
alter table cadre add column name_en text check (name_en <> '');
