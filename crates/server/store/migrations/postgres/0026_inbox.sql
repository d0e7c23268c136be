-- Derived: where the inbox keeps a chat (0 open, 1 closed, 2 rejected, 3 spam), since when its lead waits for a human, and
-- who has it: '' for nobody. Without an owner what was stored by an earlier version: a server derives it after its start.
ALTER TABLE chats ADD COLUMN folder BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN waiting_since BIGINT;
ALTER TABLE chats ADD COLUMN owner TEXT COLLATE "C";
UPDATE chats SET folder = CASE WHEN is_spam = 1 THEN 3 WHEN status = 'Rejected' THEN 2 WHEN status = 'Closed' THEN 1 ELSE 0 END;
CREATE INDEX chats_by_folder ON chats (folder, active_at DESC, lead);
CREATE INDEX chats_by_owner ON chats (folder, owner, active_at DESC, lead);
CREATE INDEX chats_waiting ON chats (waiting_since, lead) WHERE waiting_since IS NOT NULL;
CREATE INDEX chats_without_owner ON chats (lead) WHERE owner IS NULL;
