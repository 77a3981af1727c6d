-- Polls: each is a part of its post and is called by the post's id. What it says goes out with the post's rendering, so
-- whoever changes a poll or its numbers raises posts.version (which notes it for all memories: 0008).
create table polls (
    post_id    bigint primary key references posts on delete cascade,
    -- what can be chosen, in order
    options    text[] not null check (cardinality(options) > 0),
    -- votes for each option: of a poll made here the votes below, of another what its server said last, with ours since
    tallies    integer[] not null,
    -- people who voted; null: its server does not say
    voters     integer,
    multiple   boolean not null,
    -- how many votes each option has is told at the end only
    hides_totals boolean not null default false,
    -- null: never, or its server does not say
    expires_at timestamptz,
    -- its end has been told of
    ended      boolean not null default false,
    -- when other servers are to be told of the numbers of a poll made here
    tell_at    timestamptz,
    -- when the server of a poll made elsewhere said its numbers last
    said_at    timestamptz,
    constraint polls_tallies check (cardinality(tallies) = cardinality(options))
);
create index polls_ending on polls (expires_at) where not ended and expires_at is not null;
create index polls_to_tell on polls (tell_at) where tell_at is not null;

-- Who chose what, numbered from 0. One row for each person, whichever door they come by: of two votes at once the second
-- meets this key. Of polls made elsewhere only the votes of people here are known.
create table poll_votes (
    post_id    bigint not null references polls on delete cascade,
    account_id bigint not null references accounts on delete cascade,
    choices    smallint[] not null check (cardinality(choices) > 0),
    constraint poll_votes_once primary key (post_id, account_id)
);
create index poll_votes_account on poll_votes (account_id);

-- The options that a post had before an edit.
alter table post_edits add column options text[];
