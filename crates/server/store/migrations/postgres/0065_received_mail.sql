-- The channel by which a message came; empty for the chat.
ALTER TABLE messages ADD COLUMN channel TEXT COLLATE "C" NOT NULL DEFAULT '';
-- Facts: mails of conversations that were taken, each once.
CREATE TABLE received_mails (
    key BYTEA NOT NULL PRIMARY KEY,
    conversation BYTEA NOT NULL,
    seq BIGINT,
    kind TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    sender TEXT COLLATE "C" NOT NULL,
    sender_name TEXT COLLATE "C" NOT NULL,
    is_other BIGINT NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    rest TEXT COLLATE "C" NOT NULL,
    left_out TEXT COLLATE "C" NOT NULL
);
CREATE INDEX received_mails_by_conversation ON received_mails (conversation, at);
-- Facts: addresses of leads from which mail was returned.
CREATE TABLE mail_bounces (
    lead BYTEA NOT NULL,
    -- A hash of the address.
    address BYTEA NOT NULL,
    email TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    is_dead BIGINT NOT NULL,
    PRIMARY KEY (lead, address)
);
