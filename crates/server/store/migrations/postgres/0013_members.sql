-- Whether a member has been invited, has signed in, or was removed. A removed one stays for what names them.
ALTER TABLE members ADD COLUMN state TEXT COLLATE "C" NOT NULL DEFAULT 'active';
-- A member's sessions and links, among the tokens of all chats.
CREATE INDEX secrets_by_member ON secrets (member) WHERE member IS NOT NULL;
