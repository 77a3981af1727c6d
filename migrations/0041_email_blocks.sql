-- Providers of mail with whose addresses nobody signs up, with all subdomains.
create table email_domain_blocks (
    id         bigint primary key,
    -- a host in its ASCII form
    domain     text not null constraint email_domain_blocks_domain_key unique,
    created_at timestamptz not null
);

-- Who tried all the same, for a week: by day and by network address, as SHA-256 of it.
create table email_domain_tries (
    block_id bigint not null references email_domain_blocks on delete cascade,
    day      date not null,
    source   bytea not null,
    tries    integer not null default 1,
    primary key (block_id, day, source)
);
create index email_domain_tries_day on email_domain_tries (day);

-- Addresses of mail with which nobody signs up, in any of their spellings: SHA-256 of the address in lower case, without
-- dots and without what follows a plus in the name, in hex as the client API has it. The address itself is not kept.
create table email_blocks (
    id         bigint primary key,
    hash       text not null constraint email_blocks_hash_key unique,
    created_at timestamptz not null
);
