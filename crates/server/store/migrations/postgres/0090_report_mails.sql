-- Which members have the mail with the figures of a week, and for which week they had the last one.
CREATE TABLE report_mails (
    member BYTEA NOT NULL PRIMARY KEY,
    is_on BIGINT NOT NULL,
    sent_for TEXT COLLATE "C" NOT NULL
);
