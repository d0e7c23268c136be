-- Of what members are notified, as they have set it.
CREATE TABLE notification_settings (
    member BYTEA NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL
);
-- Browsers of members that get push notifications; each is a destination of the outbox.
CREATE TABLE push_devices (
    id BYTEA NOT NULL PRIMARY KEY,
    member BYTEA NOT NULL,
    session BYTEA NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
-- Until when members look at an open dashboard, as far as is known.
CREATE TABLE presence (
    member BYTEA NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
);
-- Who was told that a lead waits, by the beginning of the wait.
CREATE TABLE waits_told (
    lead BYTEA NOT NULL,
    member BYTEA NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (lead, member)
);
