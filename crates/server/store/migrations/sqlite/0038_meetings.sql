-- The hosted booking page of every workspace.
INSERT INTO links (slug, name, funnel, channel, created_at)
SELECT 'meeting', 'Book a meeting', 'meeting', 'Link', MIN(created_at) FROM links WHERE slug = 'chat'
HAVING COUNT(*) > 0 ON CONFLICT DO NOTHING;

-- Facts: what moves a Meeting Status, in order of delivery.
CREATE TABLE meeting_facts (
    delivery INTEGER PRIMARY KEY,
    lead BLOB NOT NULL,
    id BLOB NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    source TEXT NOT NULL,
    event TEXT NOT NULL
);
CREATE INDEX meeting_facts_by_lead ON meeting_facts (lead, delivery);

-- Derived: what lists are filtered and sorted by; the address is of the last one who was refused.
CREATE TABLE meeting_leads (
    lead BLOB NOT NULL PRIMARY KEY,
    status TEXT NOT NULL,
    is_spam BIGINT NOT NULL,
    active_at BIGINT NOT NULL,
    refused_email TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX meeting_leads_by_status ON meeting_leads (status, active_at);

-- Facts: meetings as they are now.
CREATE TABLE meetings (
    id BLOB NOT NULL PRIMARY KEY,
    lead BLOB NOT NULL,
    owner BLOB NOT NULL,
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    booked_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    link TEXT NOT NULL,
    details TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX meetings_by_start ON meetings (start_at, id);
CREATE INDEX meetings_by_lead ON meetings (lead, start_at);
CREATE INDEX meetings_by_owner ON meetings (owner, start_at);

-- Time of reps that is taken: by a meeting, or held for a visitor until an instant.
CREATE TABLE reservations (
    id BLOB NOT NULL,
    rep BLOB NOT NULL,
    lead BLOB NOT NULL,
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    holder BLOB,
    expires_at BIGINT,
    PRIMARY KEY (id, rep)
) WITHOUT ROWID;
CREATE INDEX reservations_by_end ON reservations (end_at);
CREATE INDEX reservations_by_holder ON reservations (holder);
CREATE INDEX reservations_by_lead ON reservations (lead);

-- Each minute of them: no minute of a rep is taken twice.
CREATE TABLE reserved_minutes (
    rep BLOB NOT NULL,
    minute BIGINT NOT NULL,
    reservation BLOB NOT NULL,
    PRIMARY KEY (rep, minute)
) WITHOUT ROWID;
CREATE INDEX reserved_minutes_by_reservation ON reserved_minutes (reservation);

-- Which meeting a request made that may come again.
CREATE TABLE booking_keys (
    key BLOB NOT NULL PRIMARY KEY,
    asked BLOB NOT NULL,
    meeting BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX booking_keys_by_meeting ON booking_keys (meeting);
