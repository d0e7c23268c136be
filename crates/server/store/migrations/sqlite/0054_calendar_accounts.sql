-- A member connects any number of calendar accounts. The one of before has the id of its member: its deliveries and its
-- sealed password stay what they are.
CREATE TABLE calendar_accounts (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL,
    details TEXT NOT NULL,
    problem TEXT NOT NULL,
    problem_at BIGINT,
    connected_at BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO calendar_accounts (id, member, details, problem, problem_at, connected_at)
SELECT member, member,
    json_set(
        json_remove(details, '$.url', '$.user'), '$.account',
        json_object('url', json_extract(details, '$.url'), 'user', json_extract(details, '$.user'))
    ),
    problem, problem_at, 0
FROM calendars;
DROP TABLE calendars;
