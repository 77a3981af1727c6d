-- What was decided about people, reports and servers: by whom, about whom, with which words. Nothing in it is changed, and it
-- outlives those whom it names.
create table audit_log (
    id         bigint primary key,
    -- null: whoever runs the program on the server (by_name is empty), or somebody who is gone
    by_id      bigint references accounts on delete set null,
    by_name    text not null,
    act        text not null,
    account_id bigint references accounts on delete set null,
    report_id  bigint references reports on delete set null,
    -- a handle, a domain, an address: says it when the row is gone
    about      text not null,
    words      text not null default '',
    created_at timestamptz not null
);
create index audit_log_by on audit_log (by_id, id desc) where by_id is not null;
create index audit_log_account on audit_log (account_id, id desc) where account_id is not null;
create index audit_log_report on audit_log (report_id) where report_id is not null;
