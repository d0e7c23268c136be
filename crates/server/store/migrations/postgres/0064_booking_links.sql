-- Facts: the member whose booking link a link is, at most one each. A booking names the message of its card.
ALTER TABLE links ADD COLUMN owner BYTEA;
CREATE UNIQUE INDEX links_by_owner ON links (owner) WHERE owner IS NOT NULL;
CREATE INDEX messages_with_card ON messages (id) WHERE card <> '';
