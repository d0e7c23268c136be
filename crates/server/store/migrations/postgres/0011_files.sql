-- Facts: files of leads. What is in them lies in the directory `files` of the data directory, under their ids.
CREATE TABLE files (
    id BYTEA NOT NULL PRIMARY KEY,
    lead BYTEA NOT NULL,
    conversation BYTEA,
    name TEXT COLLATE "C" NOT NULL,
    media_type TEXT COLLATE "C" NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    stored_at BIGINT NOT NULL
);
CREATE INDEX files_by_lead ON files (lead);
