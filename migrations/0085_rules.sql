-- What is asked of everybody who lives here. Nobody elsewhere is told.
create table server_rules (
    id           bigint primary key,
    -- they are shown in this order; of two at one place the older first
    place        integer not null,
    text         text not null,
    -- a longer explanation, or nothing
    hint         text not null default '',
    -- the same in other languages: {"de": {"text": "…", "hint": "…"}}
    translations jsonb not null default '{}',
    created_at   timestamptz not null,
    -- null: it counts. One that was taken away stays for the reports that name it
    removed_at   timestamptz
);

-- Which of them somebody broke, as whoever reports them or a moderator says.
alter table reports add column rule_ids bigint[] not null default '{}';
