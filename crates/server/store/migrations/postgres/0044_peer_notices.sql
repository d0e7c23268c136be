-- The columns by the names of what is in them: the server that wrote, and its notices.
ALTER TABLE notices RENAME COLUMN teller TO server;
ALTER TABLE notices RENAME COLUMN told TO notices;
ALTER TABLE notices RENAME COLUMN told_at TO written_at;
ALTER TABLE last_writer RENAME COLUMN teller TO server;
