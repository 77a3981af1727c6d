-- 400 authors, half of them elsewhere, with 50 posts of photos each, scattered over two weeks; each reader follows 20.
select pg_temp.people_here('author', 2000, 200);
select pg_temp.people_elsewhere('painter', 'gallery{}.example', 2200, 200, '');

insert into follows (follower_id, followee_id, id, accepted, created_at)
select 1000 + r, 2000 + (r * 37 + f * 20 + (r * f) % 20) % 400, 1 + r * 20 + f, true, now() - interval '300 days'
from generate_series(0, 199) r, generate_series(0, 19) f;

create temp table written as
select pg_temp.id_at(p.at, p.n) as id, 2000 + p.place % 400 as author, p.at, p.n, 1 + (p.n % 5 = 0)::integer + 2 * (p.n % 11 = 0)::integer as photos
from (select n, now() - interval '14 days' + n * interval '1 minute' as at, row_number() over (order by random()) as place
      from generate_series(0, 19999) n) p;

insert into posts (id, author_id, uri, url, thread_id, audience, source, html, sensitive, language, app_id, photos, created_at)
select w.id, w.author, case when a.host_id is not null then a.uri || '/posts/' || w.n end,
    case when a.host_id is not null then a.url || '/' || w.n end, w.id,
    case when w.n % 10 = 1 then 1 when w.n % 10 = 2 then 2 else 0 end, case when a.host_id is null then 'As it was.' end,
    '<p>The light was gone a minute later; we walked back along the shore and nobody said much. '
        || repeat('One more of the same evening. ', w.n % 6) || '</p>',
    w.n % 20 = 0, 'en', case when a.host_id is null then 1 end, w.photos, w.at
from written w join accounts a on a.id = w.author
order by w.id;
insert into post_counts (post_id, likes, reposts, replies)
select id, (random() * 40)::integer, (random() * 5)::integer, (random() * 8)::integer from written order by id;

insert into media (id, owner_id, post_id, position, state, queue, key, original_key, remote_url, content_type,
    description, focus_x, focus_y, width, height, blurhash, colour, bytes, created_at, attached_at, seen_at)
select w.id + p, w.author, w.id, p, 1, 0, md5(w.n || ' ' || p) || md5(p || ' ' || w.n),
    case when a.host_id is null then md5(w.n || '/' || p) end,
    case when a.host_id is not null then 'http://gallery.example/files/' || w.n || '/' || p || '.jpg' end, 'image/jpeg',
    'A wide beach at low tide, two people far off, the sun just below the clouds', 0.1, -0.2, 4032, 3024,
    'LKO2?U%2Tw=w]~RBVZRi};RPxuwH', 0, 3000000, w.at, w.at, now()
from written w join accounts a on a.id = w.author, generate_series(0, w.photos - 1) p
order by w.id;

insert into mentions (post_id, account_id) select id, 1000 + n % 200 from written where n % 10 = 3;
insert into tags (name) select 'tag' || n from generate_series(0, 49) n;
insert into post_tags (tag_id, post_id)
select t.id, w.id from written w join tags t on t.name in ('tag' || w.n % 50, 'tag' || w.n % 7) where w.n % 3 = 0;

-- In the order in which fan-out would have written them.
insert into home_feed (owner_id, post_id)
select f.follower_id, w.id from written w join follows f on f.followee_id = w.author order by w.id, f.follower_id;

-- What readers did: some likes, some marks, a few people whom they do not want to see.
insert into viewer_state (account_id, post_id, flags)
select owner_id, post_id, case when random() < 0.8 then 1 else 4 end from home_feed where random() < 0.05;
insert into hidden (viewer_id, account_id, reasons)
select 1000 + r, 2000 + (r * 37 + 9 + h * 131) % 400, 4 from generate_series(0, 199) r, generate_series(0, 2) h
where not exists (select 1 from follows where follower_id = 1000 + r and followee_id = 2000 + (r * 37 + 9 + h * 131) % 400)
on conflict do nothing;
drop table written;
select pg_temp.count_follows();
