-- How far each member has read a conversation.
CREATE TABLE member_reads (
    conversation BYTEA NOT NULL,
    member BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (conversation, member)
);
-- What was written before counts as read where a member has not read the conversation yet: before they joined, or before
-- reading was kept.
ALTER TABLE members ADD COLUMN reads_from BIGINT NOT NULL DEFAULT 0;
UPDATE members SET reads_from = CAST(extract(epoch FROM now()) AS BIGINT) * 1000;
