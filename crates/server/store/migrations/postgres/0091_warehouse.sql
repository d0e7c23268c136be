-- Rows for a warehouse are read by their instant: messages and meetings had no index by it.
CREATE INDEX messages_by_instant ON messages (at, conversation, seq);
CREATE INDEX meetings_by_booking ON meetings (booked_at, id);
