-- API keys have a name and a creator; every credential has its last use.
ALTER TABLE secrets ADD COLUMN name TEXT COLLATE "C";
ALTER TABLE secrets ADD COLUMN created_by BYTEA;
ALTER TABLE secrets ADD COLUMN used_at BIGINT;
-- Tokens of chats end 365 days after their last use.
UPDATE secrets SET expires_at = created_at + 31536000000 WHERE kind = 'chat' AND expires_at IS NULL;
CREATE INDEX secrets_by_conversation ON secrets (conversation) WHERE conversation IS NOT NULL;
-- The SHA-256 of what a browser keeps to open its conversation again.
ALTER TABLE conversations ADD COLUMN secret BYTEA;
