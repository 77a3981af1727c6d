-- By which signature a server understood us last: 0 draft-cavage, 1 RFC 9421. Of the server, and not of its queue of letters:
-- what it is asked for is signed as what it is sent.
alter table hosts add column scheme smallint not null default 0;
update hosts h set scheme = q.scheme from host_queues q where q.host_id = h.id and q.scheme <> 0;
alter table host_queues drop column scheme;
