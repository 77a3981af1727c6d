-- What others may have beside the pictures of one's posts, where a post says nothing of it: nothing, unless one wants it otherwise.
alter table users add column default_offer_originals boolean not null default false;
alter table users add column default_show_camera boolean not null default false;
