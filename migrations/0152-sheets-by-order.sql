-- A sheet is written as a whole, and read by its own id. With the person first, the rows of a new one went between
-- those of all others: each order cost more to put in force the more there were before it, as every page of the key
-- was written anew. A person is looked up on each sheet in turn.
drop index mandate_sheet_standing_sheet;
alter table mandate_sheet_standing drop constraint mandate_sheet_standing_pkey;
alter table mandate_sheet_standing add primary key (sheet_id, person_id);
