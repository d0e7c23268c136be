//! `Knock: Intent Type` of an account: it follows its contacts.

use knock_model::{IntentType, Millis};

/// A contact of the account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TypedContact<Id> {
    pub kind: IntentType,
    /// Its score, not rounded.
    pub score: f64,
    pub decided_at: Millis,
    pub id: Id,
}

/// The type of the contact with the highest score, of those whose type is known; of equal ones the type that was
/// decided last, then that of the higher id. `Unknown` while no contact has a type.
pub fn account_type<Id: Ord>(contacts: impl IntoIterator<Item = TypedContact<Id>>) -> IntentType {
    let known = contacts.into_iter().filter(|contact| contact.kind != IntentType::Unknown);
    let strongest = known
        .max_by(|a, b| a.score.total_cmp(&b.score).then(a.decided_at.cmp(&b.decided_at)).then_with(|| a.id.cmp(&b.id)));
    strongest.map_or(IntentType::Unknown, |contact| contact.kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use IntentType::{Buying, JobSeeker, Support, Unknown};

    #[test]
    fn an_account_has_the_type_of_its_strongest_typed_contact() {
        /// A title, then type, score and instant of each contact, and the type of the account.
        type Case<'a> = (&'a str, &'a [(IntentType, f64, i64)], IntentType);
        let cases: &[Case<'_>] = &[
            ("no contact", &[], Unknown),
            ("no contact has a type", &[(Unknown, 80.0, 0)], Unknown),
            ("one", &[(Support, 0.0, 1)], Support),
            ("the strongest has no type", &[(Unknown, 80.0, 0), (Support, 3.0, 1)], Support),
            ("the stronger one", &[(Support, 12.0, 9), (Buying, 12.1, 1)], Buying),
            ("in any order", &[(Buying, 12.1, 1), (Support, 12.0, 9)], Buying),
            ("equal: the later decision", &[(JobSeeker, 5.0, 7), (Buying, 5.0, 6)], JobSeeker),
            ("equal at one instant: the higher id", &[(JobSeeker, 5.0, 7), (Buying, 5.0, 7)], Buying),
        ];
        for (name, contacts, expected) in cases {
            let contacts = contacts.iter().enumerate();
            let contacts = contacts.map(|(id, &(kind, score, at))| {
                let decided_at = Millis(at);
                TypedContact { kind, score, decided_at, id }
            });
            assert_eq!(account_type(contacts), *expected, "{name}");
        }
    }
}
