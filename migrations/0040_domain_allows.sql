-- Servers with which this one speaks while it speaks with no others (setting `federation`). Kept whatever the setting says.
create table domain_allows (
    id         bigint primary key,
    -- a host in its ASCII form, without its subdomains
    domain     text not null constraint domain_allows_domain_key unique,
    created_at timestamptz not null
);

-- When the people of a server that was taken off the list were hidden: with the server those are shown again, and nobody
-- whom a moderator suspended.
create table domain_partings (
    domain    text primary key,
    hidden_at timestamptz not null
);
