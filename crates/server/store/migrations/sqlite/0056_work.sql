-- A chat with a deal is done unless its lead waits: without an owner, a server derives it anew after its start.
UPDATE chats SET owner = NULL WHERE status = 'Qualified';
