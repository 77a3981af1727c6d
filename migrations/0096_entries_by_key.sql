-- Each author by the key of their post (0054_notes_of_entries.sql), also by a plan that was made and kept while `posts` was
-- so small that reading all of it seemed cheaper.
alter function note_entries() set enable_seqscan = off;
