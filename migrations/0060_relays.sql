-- Servers that pass on what is public between many, to which an admin had this one subscribe.
create table relays (
    id          integer generated always as identity primary key,
    host_id     integer not null references hosts on delete restrict,
    -- where what is public goes; the admin's name for it
    inbox       text not null constraint relays_inbox_key unique,
    -- what the Follow asked for: everybody (in Mastodon's way), or the relay's own actor (in LitePub's)
    object      text not null,
    for_everybody boolean not null generated always as (object = 'https://www.w3.org/ns/activitystreams#Public') stored,
    -- who answered; in LitePub's way also who was asked
    account_id  bigint references accounts on delete cascade,
    -- the Follow's own id
    follow_uri  text not null constraint relays_follow_key unique,
    -- 0 asked, 1 accepted, 2 refused
    state       smallint not null default 0 check (state in (0, 1, 2)),
    created_at  timestamptz not null,
    answered_at timestamptz
);
create index relays_account on relays (account_id) where account_id is not null;
