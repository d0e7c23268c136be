-- Facts: names, telephone numbers and companies of contacts that the team set, and what leads said besides a name. Of
-- each source but the team the newest value is kept.
CREATE TABLE contact_details (
    id BYTEA NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    lead BYTEA NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    member BYTEA,
    at BIGINT NOT NULL,
    PRIMARY KEY (id, field)
);
CREATE INDEX contact_details_by_lead ON contact_details (lead);
-- Derived from them: what a list shows of each contact.
ALTER TABLE leads ADD COLUMN phone TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN company TEXT COLLATE "C" NOT NULL DEFAULT '';
