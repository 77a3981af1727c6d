-- Emojis of this server. Their pictures lie in the store under `key`, all renditions and the file as it was uploaded.
create table custom_emojis (
    id         bigint generated always as identity primary key,
    -- what stands between two colons in a text
    shortcode  text not null,
    key        text not null constraint custom_emojis_key unique,
    -- emoji.png, emoji.gif or emoji.webp
    file       text not null,
    category   text,
    -- offered where emojis are picked
    listed     boolean not null,
    created_at timestamptz not null,
    -- since when nobody can use it any more. Texts keep the emojis that they were written with, and so their pictures stay
    retired_at timestamptz
);
create unique index custom_emojis_shortcode on custom_emojis (shortcode) where retired_at is null;
create index custom_emojis_by_name on custom_emojis (shortcode, id);

alter table announcements add column emojis jsonb not null default '[]';
