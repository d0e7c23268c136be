-- Facts: members whom a note names, and whether they have looked at the chat since.
CREATE TABLE mentions (
    note BYTEA NOT NULL,
    conversation BYTEA NOT NULL,
    member BYTEA NOT NULL,
    is_seen BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (note, member)
);
CREATE INDEX mentions_by_conversation ON mentions (conversation);
CREATE INDEX mentions_unseen ON mentions (member, conversation) WHERE is_seen = 0;
