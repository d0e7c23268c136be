-- When a member takes leads: away, working hours, capacity; none is always.
ALTER TABLE members ADD COLUMN availability TEXT;
