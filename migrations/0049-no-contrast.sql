-- What is written in a picture is its author's to look at; nothing measures it.
alter table file drop column contrast;
