-- Tokens: only the SHA-256 of each, in hexadecimal digits. "owner" is the name in lower case, because
-- Azure's names are the same in any case.
create table credential (
    owner varchar not null,
    role varchar not null,
    name varchar not null,
    hash varchar not null unique,
    primary key (owner, role)
);
