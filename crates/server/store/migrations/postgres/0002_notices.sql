-- What servers that share this database tell each other: read once by each, dropped after a minute.
CREATE TABLE notices (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    teller BIGINT NOT NULL,
    told TEXT COLLATE "C" NOT NULL,
    told_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
