-- Passwords of members who have set one, and what the team has set for the whole workspace.
CREATE TABLE passwords (
    member BLOB NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    set_at BIGINT NOT NULL
);
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
