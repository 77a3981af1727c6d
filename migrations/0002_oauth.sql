-- Client programs that registered themselves.
create table apps (
    id            bigint primary key,
    client_id     text not null constraint apps_client_id_key unique,
    -- SHA-256 of the secret: we only ever compare
    secret_hash   bytea not null,
    name          text not null,
    website       text,
    redirect_uris text[] not null,
    scopes        text not null,
    created_at    timestamptz not null
);

-- Authorization codes: one use, ten minutes.
create table oauth_codes (
    hash           bytea primary key,
    app_id         bigint not null references apps on delete cascade,
    account_id     bigint not null references accounts on delete cascade,
    redirect_uri   text not null,
    scopes         text not null,
    -- S256 challenge of PKCE, when the client sent one
    challenge      text,
    expires_at     timestamptz not null,
    -- the token it was changed into: a second use revokes that
    token_id       bigint
);
create index oauth_codes_app on oauth_codes (app_id);
create index oauth_codes_account on oauth_codes (account_id);
create index oauth_codes_expiry on oauth_codes (expires_at);

-- Bearer tokens, opaque to clients, hashed here. They do not expire (clients never refresh), they are revoked.
create table oauth_tokens (
    id           bigint primary key,
    hash         bytea not null constraint oauth_tokens_hash_key unique,
    app_id       bigint not null references apps on delete cascade,
    -- null: the app speaks for itself
    account_id   bigint references accounts on delete cascade,
    scopes       text not null,
    created_at   timestamptz not null,
    last_used_on date
);
create index oauth_tokens_app on oauth_tokens (app_id);
create index oauth_tokens_account on oauth_tokens (account_id);

-- Browser sessions.
create table sessions (
    id           bigint primary key,
    hash         bytea not null constraint sessions_hash_key unique,
    account_id   bigint not null references accounts on delete cascade,
    user_agent   text not null default '',
    created_at   timestamptz not null,
    last_used_on date not null
);
create index sessions_account on sessions (account_id);

-- Failed sign-ins, for slowing them down: by account name tried and by address, hashed, a row per try, swept after a day.
create table sign_in_failures (
    subject   bytea not null,
    failed_at timestamptz not null
);
create index sign_in_failures_subject on sign_in_failures (subject, failed_at);
