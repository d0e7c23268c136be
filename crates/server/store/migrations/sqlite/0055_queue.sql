-- The time zone of the browser of a conversation, as it says.
ALTER TABLE conversations ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';
-- Derived: whether the AI agent has a chat only until somebody of the team can take it.
ALTER TABLE chats ADD COLUMN is_queued BIGINT NOT NULL DEFAULT 0;
CREATE INDEX chats_queued ON chats (lead) WHERE is_queued = 1;
