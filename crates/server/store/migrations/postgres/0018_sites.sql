-- When a site was removed: from then on nothing is taken for it, and what it has stays.
ALTER TABLE sites ADD COLUMN removed_at BIGINT;
