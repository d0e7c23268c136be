-- Programs that write by a name of their own: it stays for what they wrote when their keys are gone.
CREATE TABLE integrations (
    id BYTEA NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
-- The integration as which an API key writes; a key of a member has the member in its column.
ALTER TABLE secrets ADD COLUMN integration BYTEA;
-- Whether a note is of an integration, whose id is then in the column of the member.
ALTER TABLE notes ADD COLUMN is_integration BIGINT NOT NULL DEFAULT 0;
