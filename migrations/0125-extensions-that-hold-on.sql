-- The extension of the order whose place an amendment took, where that left the last day as it was written. Kept when the
-- amendment is put in force: what was signed under earlier ones is computed again as it was.
alter table mandate add column extension_held date;
