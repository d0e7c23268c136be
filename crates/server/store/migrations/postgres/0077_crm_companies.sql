-- The company of a lead's contact, as the CRM associates it, and what is known of companies there.
ALTER TABLE crm_records ADD COLUMN company TEXT;
CREATE INDEX crm_records_by_company ON crm_records (crm, company) WHERE company IS NOT NULL;
CREATE TABLE crm_companies (
    crm TEXT NOT NULL,
    company TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (crm, company)
);
-- The company that was written; none of a write to the contact.
ALTER TABLE crm_writes ADD COLUMN company TEXT;
