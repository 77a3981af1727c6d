-- What trends, made anew every few minutes by one process (src/actions/trends.rs), and what moderators said of it.

-- Whether a tag may trend: null until a moderator has decided.
alter table tags add column trendable boolean;

create table trending_tags (
    tag_id bigint primary key references tags on delete cascade,
    score  double precision not null,
    -- how many people used it
    people integer not null
);

create table trending_posts (
    post_id  bigint primary key references posts on delete cascade,
    score    double precision not null,
    -- null until a moderator has decided; a post that was decided about stays in the table while it could trend
    approved boolean
);

-- People whom many follow from here, for those who look for somebody to follow.
create table popular_accounts (
    account_id bigint primary key references accounts on delete cascade,
    followers  integer not null
);

-- Whom somebody does not want to be suggested again.
create table suggestions_dismissed (
    account_id bigint not null references accounts on delete cascade,
    target_id  bigint not null references accounts on delete cascade,
    primary key (account_id, target_id)
);
create index suggestions_dismissed_target on suggestions_dismissed (target_id);

-- People on somebody's profile. One shows only whom one follows: it ends with the follow.
create table endorsements (
    account_id bigint not null,
    target_id  bigint not null,
    id         bigint not null,
    created_at timestamptz not null,
    primary key (account_id, target_id),
    foreign key (account_id, target_id) references follows (follower_id, followee_id) on delete cascade
);
create index endorsements_page on endorsements (account_id, id desc);

-- The directory of those who wish to be found.
create index accounts_discoverable on accounts (id desc) where discoverable;
