-- Facts: what the team knows of leads besides. Of each source the newest value of a field is kept.
CREATE TABLE custom_values (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    lead BLOB NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id, name)
) WITHOUT ROWID;
CREATE INDEX custom_values_by_lead ON custom_values (lead);
