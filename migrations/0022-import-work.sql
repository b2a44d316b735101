-- Who asked for the work on an import that is under way, and how often it was begun: {act, tries, payload}. With
-- it the work is taken up again after its worker died, in the name of whoever had asked.
alter table import add column asked jsonb;
create index import_under_way on import (changed_at) where state in ('receiving', 'received', 'checking', 'committing');
