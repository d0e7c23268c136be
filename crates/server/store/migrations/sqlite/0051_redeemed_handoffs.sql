-- Handoffs between sites that were redeemed, until they expire: each is redeemed once.
CREATE TABLE redeemed_handoffs (
    token BLOB NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
