-- First steps on Home that were put aside: by a member, or for the workspace (an empty member).
CREATE TABLE first_steps (
    step TEXT NOT NULL,
    member BYTEA NOT NULL,
    put_aside_at BIGINT NOT NULL,
    PRIMARY KEY (step, member)
);
