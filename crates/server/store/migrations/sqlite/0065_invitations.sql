-- Facts: messages by which members wrote to visitors first, and what became of them. `id` and `seq` are those of the message.
CREATE TABLE invitations (
    id BLOB NOT NULL PRIMARY KEY,
    conversation BLOB NOT NULL,
    seq BIGINT NOT NULL,
    site BIGINT NOT NULL,
    visitor BLOB NOT NULL,
    rep BLOB NOT NULL,
    at BIGINT NOT NULL,
    shown_at BIGINT,
    url TEXT NOT NULL,
    closed_at BIGINT
) WITHOUT ROWID;
CREATE INDEX invitations_by_visitor ON invitations (site, visitor, at);
CREATE INDEX invitations_by_conversation ON invitations (conversation, seq);
