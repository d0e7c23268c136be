-- Facts: names, telephone numbers and companies of contacts that the team set, and what leads said besides a name. Of
-- each source but the team the newest value is kept.
CREATE TABLE contact_details (
    id BLOB NOT NULL,
    field TEXT NOT NULL,
    lead BLOB NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    member BLOB,
    at BIGINT NOT NULL,
    PRIMARY KEY (id, field)
) WITHOUT ROWID;
CREATE INDEX contact_details_by_lead ON contact_details (lead);
-- Derived from them: what a list shows of each contact.
ALTER TABLE leads ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN company TEXT NOT NULL DEFAULT '';
