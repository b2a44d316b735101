-- A certificate that was handed in before is found by its content, among all files that are kept.
create index file_content on file (sha256);
