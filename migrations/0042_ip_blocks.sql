-- Networks from which nobody signs up, or comes in at all. Few are read by every process every few seconds; requests ask its
-- memory.
create table ip_blocks (
    id         bigint primary key,
    network    cidr not null constraint ip_blocks_network_key unique,
    -- 1 who signs up waits for a moderator, 2 nobody signs up, 3 nobody comes in
    severity   smallint not null check (severity between 1 and 3),
    comment    text not null default '',
    created_at timestamptz not null,
    expires_at timestamptz
);
create index ip_blocks_expiry on ip_blocks (expires_at) where expires_at is not null;
