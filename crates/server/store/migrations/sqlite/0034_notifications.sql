-- Of what members are notified, as they have set it.
CREATE TABLE notification_settings (
    member BLOB NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL
);
-- Browsers of members that get push notifications; each is a destination of the outbox.
CREATE TABLE push_devices (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL,
    session BLOB NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
-- Until when members look at an open dashboard, as far as is known.
CREATE TABLE presence (
    member BLOB NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
);
-- Who was told that a lead waits, by the beginning of the wait.
CREATE TABLE waits_told (
    lead BLOB NOT NULL,
    member BLOB NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (lead, member)
);
