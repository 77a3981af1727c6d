-- What Pixelfed's app keeps for somebody between devices: `AppSettings` (src/domain/app_settings.rs); null: never set.
alter table users
    add column app_settings    jsonb,
    add column app_settings_at timestamptz;
