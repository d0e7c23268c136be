-- Knock Links. The launcher of a site is one too, but has no address.
CREATE TABLE links (
    slug TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    funnel TEXT NOT NULL,
    channel TEXT NOT NULL,
    created_at BIGINT NOT NULL
) WITHOUT ROWID;

-- Routing rules; a version is never changed.
CREATE TABLE rules (
    funnel TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    fallback BLOB,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (funnel, version)
) WITHOUT ROWID;

-- What the built-in agent knows.
CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    question TEXT NOT NULL,
    answer TEXT NOT NULL
);

-- A browser's conversation; its chat secret lets nobody else in.
CREATE TABLE conversations (
    id BLOB NOT NULL PRIMARY KEY,
    lead BLOB NOT NULL,
    site BIGINT NOT NULL,
    visitor BLOB NOT NULL,
    session BLOB NOT NULL,
    link TEXT NOT NULL,
    opened_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversations_by_lead ON conversations (lead);
CREATE INDEX conversations_by_visitor ON conversations (site, visitor);

-- Facts: what was written. Numbers have no gaps.
CREATE TABLE messages (
    conversation BLOB NOT NULL,
    seq BIGINT NOT NULL,
    id BLOB NOT NULL,
    author TEXT NOT NULL,
    rep BLOB,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (conversation, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX messages_by_id ON messages (conversation, id);

-- Facts: what moves a chat status, in order of delivery; a decision stands with its assignment.
CREATE TABLE chat_facts (
    delivery INTEGER PRIMARY KEY,
    lead BLOB NOT NULL,
    id BLOB NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    source TEXT NOT NULL,
    event TEXT NOT NULL,
    decision TEXT
);
CREATE INDEX chat_facts_by_lead ON chat_facts (lead, delivery);

-- Derived: what lists are filtered and sorted by.
CREATE TABLE chats (
    lead BLOB NOT NULL PRIMARY KEY,
    status TEXT NOT NULL,
    is_spam BIGINT NOT NULL,
    intent_type BIGINT NOT NULL,
    active_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX chats_by_activity ON chats (is_spam, active_at);

ALTER TABLE secrets ADD COLUMN conversation BLOB;
ALTER TABLE leads ADD COLUMN is_spam BIGINT NOT NULL DEFAULT 0;
