-- What a provider of data said last of a company, and of a person.
CREATE TABLE company_enrichments (
    account BYTEA NOT NULL PRIMARY KEY,
    fields TEXT NOT NULL,
    source TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE TABLE person_enrichments (
    lead BYTEA NOT NULL PRIMARY KEY,
    fields TEXT NOT NULL,
    source TEXT NOT NULL,
    at BIGINT NOT NULL
);
