-- The latest instant as of which something was derived, in its one row: a clock that is behind it was set back.
CREATE TABLE clock (
    id BIGINT NOT NULL PRIMARY KEY,
    latest BIGINT NOT NULL
);
