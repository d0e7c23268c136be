-- Derived: what lists of contacts show of a chat: the reason of its rejection ('' without one), the first deal that counts,
-- and the last messages of a human of the team and of the lead. Without a reason what was stored by an earlier version: a
-- server derives it after its start.
ALTER TABLE chats ADD COLUMN reject_reason TEXT;
ALTER TABLE chats ADD COLUMN deal_at BIGINT;
ALTER TABLE chats ADD COLUMN replied_at BIGINT;
ALTER TABLE chats ADD COLUMN wrote_at BIGINT;
CREATE INDEX chats_outdated ON chats (lead) WHERE reject_reason IS NULL;
