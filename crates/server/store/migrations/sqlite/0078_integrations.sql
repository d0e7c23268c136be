-- Programs that write by a name of their own: it stays for what they wrote when their keys are gone.
CREATE TABLE integrations (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
) WITHOUT ROWID;
-- The integration as which an API key writes; a key of a member has the member in its column.
ALTER TABLE secrets ADD COLUMN integration BLOB;
-- Whether a note is of an integration, whose id is then in the column of the member.
ALTER TABLE notes ADD COLUMN is_integration BIGINT NOT NULL DEFAULT 0;
