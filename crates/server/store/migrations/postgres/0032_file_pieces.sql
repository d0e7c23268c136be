-- What is in files, in pieces: each server that shares the database gives them out. Pictures are compressed already.
CREATE TABLE file_pieces (
    file BYTEA NOT NULL,
    number BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (file, number)
);
ALTER TABLE file_pieces ALTER COLUMN content SET STORAGE EXTERNAL;
