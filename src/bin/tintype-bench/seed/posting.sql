-- 50 authors, each followed by 20 of the readers.
select pg_temp.people_here('poster', 4000, 50);
insert into follows (follower_id, followee_id, id, accepted, created_at)
select 1000 + (p * 13 + f * 10) % 200, 4000 + p, 10000 + p * 20 + f, true, now() - interval '300 days'
from generate_series(0, 49) p, generate_series(0, 19) f;
select pg_temp.count_follows();
