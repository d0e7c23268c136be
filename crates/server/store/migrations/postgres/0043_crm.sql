-- What is known of leads in CRMs: their records there, what was written, and what was said of them.
CREATE TABLE crm_records (
    lead BYTEA NOT NULL,
    crm TEXT NOT NULL,
    contact TEXT,
    record TEXT NOT NULL,
    PRIMARY KEY (lead, crm)
);
CREATE INDEX crm_records_by_contact ON crm_records (crm, contact) WHERE contact IS NOT NULL;
CREATE TABLE crm_writes (
    id BYTEA NOT NULL PRIMARY KEY,
    lead BYTEA NOT NULL,
    crm TEXT NOT NULL,
    at BIGINT NOT NULL,
    cause TEXT NOT NULL,
    cause_at BIGINT NOT NULL,
    properties TEXT NOT NULL
);
CREATE INDEX crm_writes_by_lead ON crm_writes (lead, crm, at);
CREATE TABLE crm_known (
    lead BYTEA NOT NULL,
    crm TEXT NOT NULL,
    fields TEXT NOT NULL,
    contact TEXT,
    has_open_deal BIGINT NOT NULL,
    has_won_deal BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (lead, crm)
);
