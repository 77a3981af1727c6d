-- An emoji in place of a plain like, which people of other servers may give: {"name": the character or ":shortcode:",
-- "picture": the emoji of a shortcode as it is kept beside texts}. One for each like, the last that was given.
alter table likes add column reaction jsonb;
