-- The address by which a page identified its visitor, as the visitor's own chat said: only such an address, or one given
-- in the chat itself, gets mail of the conversation.
ALTER TABLE conversations ADD COLUMN identified TEXT NOT NULL DEFAULT '';
