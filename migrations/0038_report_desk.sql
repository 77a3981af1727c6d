-- What moderators do about reports.
alter table reports
    -- who looks into it
    add column assigned_to     bigint references accounts on delete set null,
    -- since when it is done with, and by whom; by null: whoever runs the program on the server, or somebody who is gone
    add column action_taken_at timestamptz,
    add column action_taken_by bigint references accounts on delete set null,
    -- null: never changed
    add column updated_at      timestamptz;
create index reports_open on reports (account_id, id desc) where action_taken_at is null;
create index reports_assigned on reports (assigned_to) where assigned_to is not null;
create index reports_taken on reports (action_taken_by) where action_taken_by is not null;
