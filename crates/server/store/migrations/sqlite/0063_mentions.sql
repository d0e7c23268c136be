-- Facts: members whom a note names, and whether they have looked at the chat since.
CREATE TABLE mentions (
    note BLOB NOT NULL,
    conversation BLOB NOT NULL,
    member BLOB NOT NULL,
    is_seen BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (note, member)
) WITHOUT ROWID;
CREATE INDEX mentions_by_conversation ON mentions (conversation);
CREATE INDEX mentions_unseen ON mentions (member, conversation) WHERE is_seen = 0;
