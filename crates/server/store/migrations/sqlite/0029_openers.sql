-- The browser that opened a conversation with a token, by the SHA-256 of what it keeps: several may, each with a token of
-- its own.
ALTER TABLE secrets ADD COLUMN opener BLOB;
CREATE INDEX secrets_by_opener ON secrets (opener) WHERE opener IS NOT NULL;
