-- Facts: ids of records that turned out to be of a lead known already, and whose they are by now: links to them go on.
CREATE TABLE merged_leads (
    former BLOB NOT NULL PRIMARY KEY,
    lead BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX merged_leads_by_lead ON merged_leads (lead);
