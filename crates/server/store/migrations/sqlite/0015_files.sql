-- Facts: files of leads. What is in them lies in the directory `files` of the data directory, under their ids.
CREATE TABLE files (
    id BLOB NOT NULL PRIMARY KEY,
    lead BLOB NOT NULL,
    conversation BLOB,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 BLOB NOT NULL,
    stored_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_by_lead ON files (lead);
