-- Who entered a claim for somebody; null: he did so himself. Nobody decides what he has entered.
alter table claim add column entered_by uuid;
