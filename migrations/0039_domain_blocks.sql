-- What is decided about servers, as moderators' apps know it.

-- Whether a server (with its port, where it has one of its own) is that domain, or within it.
create function is_within(authority text, domain text) returns boolean
language sql immutable parallel safe as $$
    select authority = domain or split_part(authority, ':', 1) = domain
        or right(split_part(authority, ':', 1), length(domain) + 1) = '.' || domain
$$;

alter table domain_policies
    -- by which apps name it
    add column id             bigint,
    -- 0: nothing but what is said below
    drop constraint domain_policies_severity_check,
    add constraint domain_policies_severity_check check (severity in (0, 1, 2)),
    -- none of its pictures is kept here
    add column reject_media   boolean not null default false,
    -- nothing that it reports is taken
    add column reject_reports boolean not null default false,
    -- for anybody to read, where reason is for other moderators
    add column public_comment text not null default '',
    -- a part of the name is left out where anybody reads it
    add column obfuscate      boolean not null default false;

update domain_policies p set id = (n.milliseconds << 16) | n.place
from (select domain, (extract(epoch from created_at) * 1000)::bigint as milliseconds,
             (row_number() over (order by created_at, domain)) & 65535 as place
      from domain_policies) n
where n.domain = p.domain;
alter table domain_policies
    alter column id set not null,
    add constraint domain_policies_id_key unique (id);

-- Whom a decision about their server hides or limits has its time: what is decided about one person stays when the other is
-- taken back.
update accounts a set suspended_at = d.created_at
from hosts h join domain_policies d on d.severity = 2 and is_within(h.authority, d.domain)
where h.id = a.host_id and a.suspended_at is not null;
update accounts a set limited_at = d.created_at
from hosts h join domain_policies d on d.severity = 1 and is_within(h.authority, d.domain)
where h.id = a.host_id and a.limited_at is not null;
