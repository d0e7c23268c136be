-- The sites whose events a destination is sent, as a JSON list of ids; empty: of all sites.
ALTER TABLE destinations ADD COLUMN sites TEXT NOT NULL DEFAULT '[]';
