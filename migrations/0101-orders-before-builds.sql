-- An order and its build named one another by foreign keys: no order of tables could be copied back whole. The build
-- names its order; the order's note of its build is cleared by whoever ends the build.
alter table mandate drop constraint mandate_build_id_fkey;
