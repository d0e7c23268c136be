-- Whose a saved view is; without a member it is the team's.
ALTER TABLE saved_views ADD COLUMN member BYTEA;

-- Open chats of a view of their own: few of all of them.
CREATE INDEX chats_to_follow_up ON chats (folder, active_at DESC, lead) WHERE status = 'Follow Up Needed';
