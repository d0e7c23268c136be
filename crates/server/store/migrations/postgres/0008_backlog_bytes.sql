-- Batches that wait are bytes. Those that wait already stay what they are: JSON, as its bytes.
ALTER TABLE backlog ALTER COLUMN batch TYPE BYTEA USING convert_to(batch, 'UTF8');
