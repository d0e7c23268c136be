-- When mails about meetings were sent to a mailbox, which is known by a hash of its address. Kept for a day.
CREATE TABLE mails_sent (
    mailbox BLOB NOT NULL,
    delivery INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (mailbox, delivery)
) WITHOUT ROWID;
CREATE INDEX mails_sent_by_instant ON mails_sent (at);
