-- The channel by which a message came; empty for the chat.
ALTER TABLE messages ADD COLUMN channel TEXT NOT NULL DEFAULT '';
-- Facts: mails of conversations that were taken, each once.
CREATE TABLE received_mails (
    key BLOB NOT NULL PRIMARY KEY,
    conversation BLOB NOT NULL,
    seq BIGINT,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    sender TEXT NOT NULL,
    sender_name TEXT NOT NULL,
    is_other BIGINT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    rest TEXT NOT NULL,
    left_out TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX received_mails_by_conversation ON received_mails (conversation, at);
-- Facts: addresses of leads from which mail was returned.
CREATE TABLE mail_bounces (
    lead BLOB NOT NULL,
    -- A hash of the address.
    address BLOB NOT NULL,
    email TEXT NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    is_dead BIGINT NOT NULL,
    PRIMARY KEY (lead, address)
) WITHOUT ROWID;
