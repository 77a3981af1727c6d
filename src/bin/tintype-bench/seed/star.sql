-- Somebody with 10,000 active followers here, whose feeds have a hundred entries each.
select pg_temp.people_here('star', 6000, 1);
select pg_temp.people_here('fan', 100000, 10000);
insert into follows (follower_id, followee_id, id, accepted, created_at)
select 100000 + n, 6000, 100000 + n, true, now() - interval '300 days' from generate_series(0, 9999) n;
insert into home_feed (owner_id, post_id)
select 100000 + n, pg_temp.id_at(now() - e * interval '1 hour', e)
from generate_series(0, 99) e, generate_series(0, 9999) n;
select pg_temp.count_follows();
