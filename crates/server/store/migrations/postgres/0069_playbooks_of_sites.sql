-- A version of a playbook is for one site, or for all sites (0).
ALTER TABLE playbooks ADD COLUMN site BIGINT NOT NULL DEFAULT 0;
ALTER TABLE playbooks DROP CONSTRAINT playbooks_pkey;
ALTER TABLE playbooks ADD PRIMARY KEY (site, kind, language, version);
