-- A server that has grown: 100,000 accounts, 1,000,000 posts, of which the newest 100,000 have a photo each, and 20,000
-- people here who read 40 authors each and have the newest sixty or so of their posts in their feeds. No trigger runs, and
-- indexes are made afterwards: so it takes a minute instead of ten.
set session_replication_role = replica;
set maintenance_work_mem = '256MB';
select pg_temp.people_here('person', 1000000, 80000);
select pg_temp.people_elsewhere('painter', 'gallery{}.example', 2000000, 200, '');
insert into accounts (id, host_id, username, uri, url, inbox, shared_inbox, outbox, followers_url, following_url,
    featured_url, display_name, note_html, public_key_id, created_at, fetched_at)
select 2000000 + n, a.host_id, 'painter' || n, a.uri || '/' || n, a.url || n, a.inbox || n, a.shared_inbox, a.outbox || n,
    a.followers_url || n, a.following_url || n, a.featured_url || n, 'The Painter ' || n, a.note_html,
    a.public_key_id || n, a.created_at, a.fetched_at
from generate_series(200, 19999) n join accounts a on a.id = 2000000 + n % 200;
insert into account_counts (account_id) select id from accounts where id between 2000200 and 2019999;

create temp table made_later as
select indexname as name, indexdef as sql from pg_indexes
where schemaname = 'public' and tablename in ('posts', 'media', 'follows', 'post_counts', 'home_feed')
  and not exists (select 1 from pg_constraint c where c.conname = indexname);
do $$ declare one record; begin
    for one in select * from made_later loop execute format('drop index %I', one.name); end loop;
end $$;

insert into follows (follower_id, followee_id, id, accepted, created_at)
select 1000000 + r, 2000000 + (r * 37 + f * 500 + (r * f) % 500) % 20000, 1 + r * 40 + f, true, now() - interval '300 days'
from generate_series(0, 19999) r, generate_series(0, 39) f;

-- Seventy days, scattered: each author has a post every day and a half.
create temp table written as
select pg_temp.id_at(at, n) as id, 2000000 + (n::bigint * 7919 + n / 20000 * 13) % 20000 as author, at, n
from (select n, now() - interval '70 days' + n * interval '6 seconds' as at from generate_series(0, 999999) n) p;
insert into posts (id, author_id, uri, url, thread_id, audience, html, sensitive, language, photos, created_at)
select w.id, w.author, 'https://gallery.example/posts/' || w.n, 'https://gallery.example/' || w.n, w.id,
    case when w.n % 10 = 1 then 1 when w.n % 10 = 2 then 2 else 0 end,
    '<p>The light was gone a minute later; we walked back along the shore and nobody said much. '
        || repeat('One more of the same evening. ', (w.n % 6)::integer) || '</p>',
    w.n % 20 = 0, 'en', case when w.n >= 900000 then 1 else 0 end, w.at
from written w order by w.id;
insert into post_counts (post_id, likes, reposts, replies)
select id, n % 41, n % 6, n % 9 from written order by id;
insert into media (id, owner_id, post_id, position, state, queue, key, remote_url, content_type,
    description, focus_x, focus_y, width, height, blurhash, colour, bytes, created_at, attached_at, seen_at)
select id, author, id, 0, 1, 0, md5(n::text) || md5('p' || n),
    'http://gallery.example/files/' || n || '.jpg', 'image/jpeg',
    'A wide beach at low tide, two people far off, the sun just below the clouds', 0.1, -0.2, 4032, 3024,
    'LKO2?U%2Tw=w]~RBVZRi};RPxuwH', 0, 3000000, at, at, now()
from written where n >= 900000 order by id;
do $$ declare one record; begin
    for one in select * from made_later loop execute one.sql; end loop;
end $$;
analyze follows;

-- The newest two days.
insert into home_feed (owner_id, post_id)
select f.follower_id, w.id from written w join follows f on f.followee_id = w.author
where w.n >= 970000 order by w.id, f.follower_id;
update feeds set floor = (select id from written where n = 970000) where owner_id between 1000000 and 1019999;
insert into viewer_state (account_id, post_id, flags)
select owner_id, post_id, 1 from home_feed where (owner_id + post_id) % 23 = 0;
insert into hidden (viewer_id, account_id, reasons)
select 1000000 + r, 2000000 + (r * 41 + h * 131) % 20000, 4 from generate_series(0, 19999) r, generate_series(0, 2) h
on conflict do nothing;
drop table written, made_later;
select pg_temp.count_follows();
set session_replication_role = origin;
