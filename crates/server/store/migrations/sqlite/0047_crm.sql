-- What is known of leads in CRMs: their records there, what was written, and what was said of them.
CREATE TABLE crm_records (
    lead BLOB NOT NULL,
    crm TEXT NOT NULL,
    contact TEXT,
    record TEXT NOT NULL,
    PRIMARY KEY (lead, crm)
) WITHOUT ROWID;
CREATE INDEX crm_records_by_contact ON crm_records (crm, contact) WHERE contact IS NOT NULL;
CREATE TABLE crm_writes (
    id BLOB NOT NULL PRIMARY KEY,
    lead BLOB NOT NULL,
    crm TEXT NOT NULL,
    at INTEGER NOT NULL,
    cause TEXT NOT NULL,
    cause_at INTEGER NOT NULL,
    properties TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX crm_writes_by_lead ON crm_writes (lead, crm, at);
CREATE TABLE crm_known (
    lead BLOB NOT NULL,
    crm TEXT NOT NULL,
    fields TEXT NOT NULL,
    contact TEXT,
    has_open_deal INTEGER NOT NULL,
    has_won_deal INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (lead, crm)
) WITHOUT ROWID;
