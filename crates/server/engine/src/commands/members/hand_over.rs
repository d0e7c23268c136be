//! What a member leaves behind: open chats, meetings to come, places in rules (7.3).

use crate::changes::Changes;
use crate::commands::chat::give_chats_of;
use crate::commands::meetings::hand_over_all;
use knock_model::{Millis, RepId};
use knock_ports::{Ledger, StoreError};

/// What was handed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct HandedOver {
    pub(super) chats: usize,
    pub(super) rules: usize,
}

/// Gives all that a member has to a successor; without one, chats are routed anew and meetings go to their pools.
pub(super) fn hand_over(
    ledger: &mut dyn Ledger,
    member: RepId,
    successor: Option<RepId>,
    now: Millis,
    changes: &mut Changes,
) -> Result<HandedOver, StoreError> {
    // The rules first: chats are routed by them.
    let (leaver, heir) = (member.to_string(), successor.map(|rep| rep.to_string()));
    let mut rules = 0;
    for rule in ledger.rules()? {
        let Some(mut changed) = rule.without(&leaver, heir.as_deref()) else { continue };
        changed.version += 1;
        ledger.append_rule(&changed, None, now)?;
        rules += 1;
    }
    let chats = give_chats_of(ledger, member, successor, now, changes)?;
    hand_over_all(ledger, member, successor, Millis(i64::MAX), now, changes)?;
    Ok(HandedOver { chats, rules })
}
