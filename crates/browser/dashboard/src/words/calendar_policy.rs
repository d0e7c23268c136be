//! The events of a calendar that block times where it is their owner's to say.

use knock_wire::BusyPolicy;

/// A kind of events that blocks times if their owner says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PolicyKind {
    Tentative,
    Unanswered,
    Elsewhere,
}

/// The events for which there is no choice.
pub(crate) const POLICY_HINT: &str =
    "Busy events and absences always block. Events shown as free and declined invitations never do.";

impl PolicyKind {
    pub(crate) const ALL: [PolicyKind; 3] = [PolicyKind::Tentative, PolicyKind::Unanswered, PolicyKind::Elsewhere];

    /// The end of the id of its box.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            PolicyKind::Tentative => "tentative",
            PolicyKind::Unanswered => "unanswered",
            PolicyKind::Elsewhere => "elsewhere",
        }
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            PolicyKind::Tentative => "Tentative events",
            PolicyKind::Unanswered => "Invitations that are not answered",
            PolicyKind::Elsewhere => "Work at another place",
        }
    }

    /// Whether these events block.
    pub(crate) const fn blocks(self, policy: BusyPolicy) -> bool {
        match self {
            PolicyKind::Tentative => policy.tentative,
            PolicyKind::Unanswered => policy.unanswered,
            PolicyKind::Elsewhere => policy.elsewhere,
        }
    }

    /// The policy after which these events block, or do not; the others stay as they are.
    pub(crate) const fn set(self, policy: BusyPolicy, blocks: bool) -> BusyPolicy {
        match self {
            PolicyKind::Tentative => BusyPolicy { tentative: blocks, ..policy },
            PolicyKind::Unanswered => BusyPolicy { unanswered: blocks, ..policy },
            PolicyKind::Elsewhere => BusyPolicy { elsewhere: blocks, ..policy },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn each_kind_is_changed_alone() {
        let before = BusyPolicy::default();
        for kind in PolicyKind::ALL {
            let after = kind.set(before, !kind.blocks(before));
            assert_eq!(kind.blocks(after), !kind.blocks(before), "{}", kind.label());
            let others = PolicyKind::ALL.into_iter().filter(|other| *other != kind);
            assert!(others.into_iter().all(|other| other.blocks(after) == other.blocks(before)), "{}", kind.label());
            assert_eq!(kind.set(after, kind.blocks(before)), before);
        }
    }
}
