-- Which numbers of a visit are missing; where that is not known yet, it is read off the signals.
ALTER TABLE visits ADD COLUMN missing BLOB;
UPDATE visits SET missing = x'' WHERE seen = highest;
