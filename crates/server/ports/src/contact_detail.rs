//! Details of contacts: what the team set of them, and what leads said, each with its instant and its source.

use crate::StoreError;
use knock_model::{ContactField, DetailSource, LeadId, Millis, RepId, SignalId};

/// A stored detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactDetail {
    /// The source: a signal, a message, a decision about a meeting, or an id of its own.
    pub id: SignalId,
    pub lead: LeadId,
    pub field: ContactField,
    /// The value; empty where the team took its own away again.
    pub value: String,
    pub source: DetailSource,
    /// The member who set it; none for leads and for programs.
    pub member: Option<RepId>,
    pub at: Millis,
}

impl ContactDetail {
    /// The detail of a field that counts among those of a contact, of those known by an instant: the newest of the
    /// team, unless it was taken away, else the newest of the lead.
    pub fn current(details: &[ContactDetail], field: ContactField, by: Millis) -> Option<&ContactDetail> {
        let known = |is_team: bool| {
            let known = details.iter().filter(move |detail| detail.field == field && detail.at <= by);
            let known = known.filter(move |detail| (detail.source == DetailSource::Team) == is_team);
            known.max_by_key(|detail| (detail.at, detail.id)).filter(|detail| !detail.value.is_empty())
        };
        known(true).or_else(|| known(false))
    }
}

/// Writing details.
pub trait ContactDetailLedger {
    /// Stores a detail. Of a source other than the team older ones of the field are dropped, and one that arrives late
    /// changes nothing.
    fn append_contact_detail(&mut self, detail: &ContactDetail) -> Result<(), StoreError>;
}

/// Reading details.
pub trait ContactDetailView {
    /// Returns all details of a lead, the oldest first.
    fn contact_details(&self, lead: LeadId) -> Result<Vec<ContactDetail>, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detail(at: i64, source: DetailSource, value: &str) -> ContactDetail {
        let (lead, field, at, value) = (LeadId::new([1; 16]), ContactField::Phone, Millis(at), value.to_owned());
        ContactDetail { id: SignalId::new(at, &[2; 10]), lead, field, value, source, member: None, at }
    }

    #[test]
    fn what_the_team_says_wins_until_it_is_taken_away() {
        use DetailSource::{Identify, Message, Team};
        let said = [
            detail(1, Identify, "030 1"),
            detail(2, Team, "030 2"),
            detail(3, Message, "030 3"),
            detail(4, Team, ""),
            detail(5, Identify, "030 5"),
        ];
        let at = |by| ContactDetail::current(&said, ContactField::Phone, Millis(by)).map(|known| &*known.value);
        assert_eq!(
            [0, 1, 2, 3, 4, 5].map(at),
            [None, Some("030 1"), Some("030 2"), Some("030 2"), Some("030 3"), Some("030 5")]
        );
        assert_eq!(ContactDetail::current(&said, ContactField::Company, Millis(9)), None);
    }
}
