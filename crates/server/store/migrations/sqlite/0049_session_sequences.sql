-- The table has the name that its rows have in the code: the numbers of a session's signals.
ALTER TABLE visits RENAME TO session_sequences;
