-- Reports by people here, who say more than their words: why, and whether the server of whom they report is to hear of it.
alter table reports
    -- 0 something else, 1 spam, 2 against a rule of this server, 3 against the law
    add column category smallint not null default 0 check (category between 0 and 3),
    -- the server of the one who is reported was told
    add column forwarded boolean not null default false;
