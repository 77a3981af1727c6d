-- Elsewhere: when those here who follow this account were last led to the one that it moved to. Nobody is led about from one
-- account to the next: for a week nothing more comes of it.
alter table accounts add column moved_at timestamptz;
