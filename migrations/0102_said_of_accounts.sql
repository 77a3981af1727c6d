-- How much somebody elsewhere has posted, and how many they follow and are followed by, as their server says; null: it has not
-- said. What is known here may be more.
alter table account_counts add column followers_said integer;
alter table account_counts add column following_said integer;
alter table account_counts add column posts_said integer;
