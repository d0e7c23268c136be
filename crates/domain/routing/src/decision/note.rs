//! Notes on a decision.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use knock_model::{Vocabulary, vocabulary};

vocabulary! {
    /// The reason for which the CRM owner did not get the lead.
    OwnerTrouble {
        /// No CRM names one.
        Unknown = "crm_owner_unknown",
        /// Not known here.
        Unmapped = "crm_owner_unmapped",
        /// Removed here, or no owner in the CRM any more.
        Inactive = "crm_owner_inactive",
        /// Away.
        Away = "crm_owner_away",
        /// Outside the working hours.
        OffHours = "crm_owner_off_hours",
        /// Without a calendar.
        NoCalendar = "crm_owner_no_calendar",
    }
}

vocabulary! {
    /// The reason for which a matching segment could not assign the lead.
    SegmentTrouble {
        /// Its rep is gone.
        RepRemoved = "rep_removed",
        /// No rep of its pool is available.
        PoolUnavailable = "pool_unavailable",
        /// No calendar can be offered.
        CalendarMissing = "calendar_missing",
        /// Its assignee is an AI agent, and the lead asked for a person.
        PersonAskedFor = "person_asked_for",
    }
}

/// A note about a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The link's rule is gone, off or of the other funnel.
    LinkRuleInvalid,
    /// About the owner in the CRM.
    Owner(OwnerTrouble),
    /// The rep named is away.
    RepAway,
    /// The rep named is outside the working hours.
    RepOffHours,
    /// About a segment, by its id.
    Segment(String, SegmentTrouble),
    /// No rep is free at the chosen slot any more.
    SlotGone,
}

impl fmt::Display for Note {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::LinkRuleInvalid => to.write_str("link_rule_invalid"),
            Note::Owner(trouble) => to.write_str(trouble.as_str()),
            Note::RepAway => to.write_str("rep_away"),
            Note::RepOffHours => to.write_str("rep_off_hours"),
            Note::Segment(segment, trouble) => write!(to, "{segment}:{}", trouble.as_str()),
            Note::SlotGone => to.write_str("slot_gone"),
        }
    }
}

impl Vocabulary for Note {
    const NAME: &'static str = "Note";

    /// None: a note may name a segment.
    fn words() -> Vec<Cow<'static, str>> {
        Vec::new()
    }

    fn spelling(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn parse(word: &str) -> Option<Note> {
        let plain = [Note::LinkRuleInvalid, Note::RepAway, Note::RepOffHours, Note::SlotGone];
        if let Some(note) = plain.into_iter().find(|note| note.to_string() == word) {
            return Some(note);
        }
        let of_segment = || {
            let (segment, trouble) = word.rsplit_once(':')?;
            Some(Note::Segment(segment.into(), SegmentTrouble::parse(trouble)?))
        };
        OwnerTrouble::parse(word).map(Note::Owner).or_else(of_segment)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Note {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Note {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Note, D::Error> {
        let word = String::deserialize(from)?;
        Note::parse(&word).ok_or_else(|| serde::de::Error::custom(alloc::format!("`{word}` is not a note")))
    }
}
