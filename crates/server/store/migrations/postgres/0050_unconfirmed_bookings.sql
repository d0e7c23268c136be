-- Bookings that wait for the link in their mail, each with the id of the hold on its slot, with which it is removed.
CREATE TABLE unconfirmed_bookings (
    id BYTEA NOT NULL PRIMARY KEY,
    lead BYTEA NOT NULL,
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    key BYTEA,
    asked BYTEA,
    details TEXT COLLATE "C" NOT NULL
);
CREATE INDEX unconfirmed_bookings_by_lead ON unconfirmed_bookings (lead);
CREATE INDEX unconfirmed_bookings_by_key ON unconfirmed_bookings (key);
CREATE INDEX unconfirmed_bookings_by_expiry ON unconfirmed_bookings (expires_at);
