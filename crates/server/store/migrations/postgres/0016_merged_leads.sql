-- Facts: ids of records that turned out to be of a lead known already, and whose they are by now: links to them go on.
CREATE TABLE merged_leads (
    former BYTEA NOT NULL PRIMARY KEY,
    lead BYTEA NOT NULL
);
CREATE INDEX merged_leads_by_lead ON merged_leads (lead);
