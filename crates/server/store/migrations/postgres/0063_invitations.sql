-- Facts: messages by which members wrote to visitors first, and what became of them. `id` and `seq` are those of the message.
CREATE TABLE invitations (
    id BYTEA NOT NULL PRIMARY KEY,
    conversation BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    site BIGINT NOT NULL,
    visitor BYTEA NOT NULL,
    rep BYTEA NOT NULL,
    at BIGINT NOT NULL,
    shown_at BIGINT,
    url TEXT COLLATE "C" NOT NULL,
    closed_at BIGINT
);
CREATE INDEX invitations_by_visitor ON invitations (site, visitor, at);
CREATE INDEX invitations_by_conversation ON invitations (conversation, seq);
