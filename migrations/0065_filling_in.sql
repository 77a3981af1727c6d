-- Elsewhere: when what this account posted before somebody here followed it was read last.
alter table accounts add column filled_in_at timestamptz;

-- Of the likes and reposts of a post elsewhere those of which only its own server knows: what it says, less what is known
-- here. They are in the numbers beside them already. Nobody can check them: they are shown, and count for nothing else.
alter table post_counts add column likes_elsewhere integer not null default 0;
alter table post_counts add column reposts_elsewhere integer not null default 0;
