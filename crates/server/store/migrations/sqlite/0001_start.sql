-- Sites, members and what lets them in.
CREATE TABLE sites (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    origins TEXT NOT NULL,
    base TEXT NOT NULL,
    demo BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE members (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL
) WITHOUT ROWID;

-- Sign-in links, sessions and API keys; only the SHA-256 of each is kept.
CREATE TABLE secrets (
    hash BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    member BLOB,
    role TEXT,
    expires_at BIGINT,
    created_at BIGINT NOT NULL
) WITHOUT ROWID;

-- Facts: what was done. One tree is dedupe and storage at once.
CREATE TABLE signals (
    site BIGINT NOT NULL,
    visitor BLOB NOT NULL,
    id BLOB NOT NULL,
    session BLOB NOT NULL,
    view BLOB,
    kind BIGINT NOT NULL,
    at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    clamped BIGINT NOT NULL,
    category BIGINT NOT NULL,
    strength DOUBLE PRECISION NOT NULL,
    seq BIGINT,
    detail TEXT NOT NULL,
    PRIMARY KEY (site, visitor, id)
) WITHOUT ROWID;
CREATE INDEX signals_by_instant ON signals (site, visitor, at);
CREATE INDEX signals_by_arrival ON signals (site, received_at);

-- Facts: whose a browser is, by an identify signal or an opened chat.
CREATE TABLE claims (
    site BIGINT NOT NULL,
    visitor BLOB NOT NULL,
    cause BLOB NOT NULL,
    at BIGINT NOT NULL,
    lead BLOB NOT NULL,
    PRIMARY KEY (site, visitor, cause)
) WITHOUT ROWID;
CREATE INDEX claims_by_lead ON claims (lead);

-- Derived from the claims; evidence from all signals of the span.
CREATE TABLE spans (
    site BIGINT NOT NULL,
    visitor BLOB NOT NULL,
    from_at BIGINT NOT NULL,
    lead BLOB,
    evidence TEXT NOT NULL,
    PRIMARY KEY (site, visitor, from_at)
) WITHOUT ROWID;
CREATE INDEX spans_by_lead ON spans (lead) WHERE lead IS NOT NULL;

-- Facts: id and email; the email of somebody who only chats is not known. All else is derived.
CREATE TABLE leads (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT UNIQUE,
    name TEXT NOT NULL,
    account BLOB,
    evidence TEXT NOT NULL,
    bucket BIGINT,
    folded_until BIGINT NOT NULL,
    next_change_at BIGINT,
    signals BIGINT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX leads_by_last_seen ON leads (last_seen_at);
CREATE INDEX leads_by_account ON leads (account, last_seen_at) WHERE account IS NOT NULL;

-- Facts: id and domain. All else is derived.
CREATE TABLE accounts (
    id BLOB NOT NULL PRIMARY KEY,
    domain TEXT NOT NULL UNIQUE,
    evidence TEXT NOT NULL,
    bucket BIGINT,
    folded_until BIGINT NOT NULL,
    next_change_at BIGINT,
    contacts BIGINT NOT NULL,
    signals BIGINT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX accounts_by_last_seen ON accounts (last_seen_at);

-- Derived: how the score bucket of a lead changed.
CREATE TABLE bucket_changes (
    lead BLOB NOT NULL,
    at BIGINT NOT NULL,
    from_bucket BIGINT,
    to_bucket BIGINT NOT NULL,
    cause BLOB,
    PRIMARY KEY (lead, at)
) WITHOUT ROWID;

-- Derived: the next instant at which something changes by itself.
CREATE TABLE timers (
    kind BIGINT NOT NULL,
    subject BLOB NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (kind, subject)
) WITHOUT ROWID;
CREATE INDEX timers_by_due ON timers (due_at);
