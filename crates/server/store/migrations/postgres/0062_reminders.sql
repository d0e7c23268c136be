-- Facts: reminders that members set for themselves, and when they were reminded.
CREATE TABLE reminders (
    id BYTEA NOT NULL PRIMARY KEY,
    lead BYTEA NOT NULL,
    member BYTEA NOT NULL,
    due_at BIGINT NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    fired_at BIGINT
);
CREATE INDEX reminders_by_lead ON reminders (lead, due_at);
CREATE INDEX reminders_by_member ON reminders (member);
