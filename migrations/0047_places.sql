-- Places, as people named them in their posts: there is no other source of them. Without coordinates, on purpose.
create table places (
    id      bigint generated always as identity primary key,
    name    text not null,
    -- or nothing
    country text not null
);
create unique index places_name on places (lower(name), lower(country));
create index places_search on places (fold(name) text_pattern_ops);

alter table posts add column place_id bigint references places on delete set null;
create index posts_place on posts (place_id, id desc) where place_id is not null;
