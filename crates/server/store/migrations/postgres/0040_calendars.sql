-- Calendars that members have connected; each is a destination of the outbox too.
CREATE TABLE calendars (
    member BYTEA NOT NULL PRIMARY KEY,
    details TEXT NOT NULL,
    problem TEXT NOT NULL,
    problem_at BIGINT
);
