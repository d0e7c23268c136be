//! How often the signals of a lead become an entry of the CRM's timeline (IU-07).

use knock_model::Millis;

/// The least time between two entries of one contact: the signals between them are in the later one.
pub const NOTE_INTERVAL: Millis = Millis(60 * Millis::MINUTE.0);

/// When the signals of a contact are written, the first of them not written yet being at `since` and the last entry
/// at `last`.
pub fn note_due_at(since: Millis, last: Option<Millis>) -> Millis {
    last.map_or(since, |last| since.max(last + NOTE_INTERVAL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_waits_for_an_hour_after_the_last_one() {
        let hour = NOTE_INTERVAL.0;
        assert_eq!(note_due_at(Millis(5), None), Millis(5));
        assert_eq!(note_due_at(Millis(5), Some(Millis(1))), Millis(1 + hour));
        assert_eq!(note_due_at(Millis(9 * hour), Some(Millis(1))), Millis(9 * hour));
    }
}
