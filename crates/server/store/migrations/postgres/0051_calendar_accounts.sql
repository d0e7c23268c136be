-- A member connects any number of calendar accounts. The one of before has the id of its member: its deliveries and its
-- sealed password stay what they are.
CREATE TABLE calendar_accounts (
    id BYTEA NOT NULL PRIMARY KEY,
    member BYTEA NOT NULL,
    details TEXT NOT NULL,
    problem TEXT NOT NULL,
    problem_at BIGINT,
    connected_at BIGINT NOT NULL
);
INSERT INTO calendar_accounts (id, member, details, problem, problem_at, connected_at)
SELECT member, member,
    (
        (details::jsonb - 'url' - 'user') || jsonb_build_object(
            'account', jsonb_build_object('url', details::jsonb -> 'url', 'user', details::jsonb -> 'user')
        )
    )::text,
    problem, problem_at, 0
FROM calendars;
DROP TABLE calendars;
