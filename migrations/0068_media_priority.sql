-- Which pictures go first: 0 what somebody waits for, 1 what makes one that is shown already better, 2 what an admin had done
-- anew. Those after 0 have a worker only while nothing before them wants one.
alter table media add column priority smallint not null default 0;
drop index media_queue;
create index media_queue on media ((remote_url is not null), priority, next_try_at) where queue > 0;

-- Pictures that failed, for whoever tries them again.
create index media_failed on media (id) where state = 2;
