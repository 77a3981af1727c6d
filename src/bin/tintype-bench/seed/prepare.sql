-- Ways to make people by the hundred, for the session that seeds. setting bench.base: the server's public URL.
set statement_timeout = 0;
set synchronous_commit = off;
select setseed(0.5);

insert into apps (id, client_id, secret_hash, name, redirect_uris, scopes, created_at)
values (1, 'bench', '\x00', 'A client', '{urn:ietf:wg:oauth:2.0:oob}', 'read write follow push', now());

-- The id of a moment.
create function pg_temp.id_at(at timestamptz, n bigint) returns bigint language sql as $$
    select ((extract(epoch from at) * 1000)::bigint << 16) | (n & 65535)
$$;

-- People here, with ids from `first`; the token of the n-th is 'token-' with their name.
create function pg_temp.people_here(prefix text, first bigint, many integer) returns void language sql as $$
    insert into accounts (id, username, uri, url, inbox, shared_inbox, outbox, followers_url, following_url,
        featured_url, display_name, note_html, public_key_id, created_at)
    select first + n, p.name, p.uri, current_setting('bench.base') || '/@' || p.name, p.uri || '/inbox',
        current_setting('bench.base') || '/inbox', p.uri || '/outbox', p.uri || '/followers', p.uri || '/following',
        p.uri || '/featured', 'The ' || initcap(p.name), '<p>Mostly mountains, sometimes the sea. Film and digital.</p>',
        p.uri || '#main-key', now() - interval '400 days'
    from generate_series(0, many - 1) n,
         lateral (select prefix || n as name, current_setting('bench.base') || '/users/' || prefix || n as uri) p;
    insert into account_counts (account_id) select id from accounts where id between first and first + many - 1;
    insert into users (account_id, email, password_hash, confirmed_at, approved_at, created_at, last_active_on)
    select id, username || '@mail.example', '', now(), now(), now(), current_date from accounts
    where id between first and first + many - 1;
    insert into feeds (owner_id) select id from accounts where id between first and first + many - 1;
    insert into oauth_tokens (id, hash, app_id, account_id, scopes, created_at, last_used_on)
    select id, sha256(convert_to('token-' || username, 'utf8')), 1, id, 'read write follow push', now(), current_date
    from accounts where id between first and first + many - 1;
$$;

-- People elsewhere, one on each of as many servers; `authority` has an n in braces.
create function pg_temp.people_elsewhere(prefix text, authority text, first bigint, many integer, pem text)
returns void language sql as $$
    insert into hosts (authority, first_seen)
    select replace(authority, '{}', n::text), now() from generate_series(0, many - 1) n on conflict do nothing;
    insert into accounts (id, host_id, username, uri, url, inbox, shared_inbox, outbox, followers_url, following_url,
        featured_url, display_name, note_html, public_key_id, public_key_pem, created_at, fetched_at)
    select first + n, h.id, p.name, p.uri, p.server || '/@' || p.name, p.uri || '/inbox', p.server || '/inbox',
        p.uri || '/outbox', p.uri || '/followers', p.uri || '/following', p.uri || '/featured',
        'The ' || initcap(p.name), '<p>Elsewhere, with a camera.</p>', p.uri || '#main-key', pem,
        now() - interval '400 days', now()
    from generate_series(0, many - 1) n
    cross join lateral (
        select prefix || n as name, 'http://' || replace(authority, '{}', n::text) as server,
            'http://' || replace(authority, '{}', n::text) || '/users/' || prefix || n as uri) p
    join hosts h on h.authority = replace(people_elsewhere.authority, '{}', n::text);
    insert into account_counts (account_id) select id from accounts where id between first and first + many - 1;
$$;

-- Counts of all who follow and are followed.
create function pg_temp.count_follows() returns void language sql as $$
    update account_counts c set followers = f.followers, local_followers = f.here
    from (select followee_id, count(*) as followers, count(*) filter (where a.host_id is null) as here
          from follows join accounts a on a.id = follower_id group by 1) f
    where f.followee_id = c.account_id;
    update account_counts c set following = f.following
    from (select follower_id, count(*) as following from follows group by 1) f
    where f.follower_id = c.account_id;
$$;

-- 200 people who read.
select pg_temp.people_here('reader', 1000, 200);
