-- Passwords of members who have set one, and what the team has set for the whole workspace.
CREATE TABLE passwords (
    member BYTEA NOT NULL PRIMARY KEY,
    hash TEXT COLLATE "C" NOT NULL,
    set_at BIGINT NOT NULL
);
CREATE TABLE settings (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);
