-- What a provider of data said last of a company, and of a person.
CREATE TABLE company_enrichments (
    account BLOB NOT NULL PRIMARY KEY,
    fields TEXT NOT NULL,
    source TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE person_enrichments (
    lead BLOB NOT NULL PRIMARY KEY,
    fields TEXT NOT NULL,
    source TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
