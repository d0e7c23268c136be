-- Facts: reminders that members set for themselves, and when they were reminded.
CREATE TABLE reminders (
    id BLOB NOT NULL PRIMARY KEY,
    lead BLOB NOT NULL,
    member BLOB NOT NULL,
    due_at BIGINT NOT NULL,
    text TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    fired_at BIGINT
) WITHOUT ROWID;
CREATE INDEX reminders_by_lead ON reminders (lead, due_at);
CREATE INDEX reminders_by_member ON reminders (member);
