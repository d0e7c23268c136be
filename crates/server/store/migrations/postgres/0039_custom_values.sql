-- Facts: what the team knows of leads besides. Of each source the newest value of a field is kept.
CREATE TABLE custom_values (
    id BYTEA NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    lead BYTEA NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id, name)
);
CREATE INDEX custom_values_by_lead ON custom_values (lead);
