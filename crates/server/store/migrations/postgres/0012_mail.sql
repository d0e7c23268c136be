-- How far the lead has seen a conversation, and how far its replies were mailed: numbers of messages. When to look whether
-- its last replies have to be mailed.
ALTER TABLE conversations ADD COLUMN read_seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN mailed_seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN mail_due_at BIGINT;
-- Leads who want no more mail.
CREATE TABLE mail_stops (
    lead BYTEA NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
