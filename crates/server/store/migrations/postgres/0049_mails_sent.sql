-- When mails about meetings were sent to a mailbox, which is known by a hash of its address. Kept for a day.
CREATE TABLE mails_sent (
    mailbox BYTEA NOT NULL,
    delivery BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (mailbox, delivery)
);
CREATE INDEX mails_sent_by_instant ON mails_sent (at);
