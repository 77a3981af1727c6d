-- 20 people on 20 servers, whose public key is the setting bench.pem; one reader follows them all, and each has four more.
select pg_temp.people_elsewhere('peer', 'peer{}.example', 5000, 20, current_setting('bench.pem'));
select pg_temp.people_here('watcher', 5100, 1);
insert into follows (follower_id, followee_id, id, accepted, created_at)
select 5100, 5000 + p, 20000 + p, true, now() - interval '300 days' from generate_series(0, 19) p
union all
select 1000 + (p * 7 + f * 50) % 200, 5000 + p, 21000 + p * 4 + f, true, now() - interval '300 days'
from generate_series(0, 19) p, generate_series(0, 3) f;
select pg_temp.count_follows();
