//! Results of bulk actions in words.

use knock_wire::LeadAction;

use super::number::counted;

/// `2 contacts are Support now. 1 contact has not chatted and stays as it was.`
pub(crate) fn acted_words(action: &LeadAction, done: u32, without_chat: usize) -> String {
    let contacts = counted(done.into(), "contact");
    let are = if done == 1 { "is" } else { "are" };
    let did = match action {
        LeadAction::SetType { kind } => format!("{contacts} {are} {} now.", kind.as_str()),
        LeadAction::MarkSpam => format!("{contacts} {are} in the Inbox under Spam now."),
        LeadAction::UnmarkSpam => format!("{contacts} {are} not spam any more."),
        LeadAction::AddTag { .. } => format!("{contacts} {} the tag now.", if done == 1 { "has" } else { "have" }),
        LeadAction::RemoveTag { .. } => format!("{contacts} {} lost the tag.", if done == 1 { "has" } else { "have" }),
        LeadAction::Reject(_)
        | LeadAction::UndoReject
        | LeadAction::OpenDeal
        | LeadAction::Done
        | LeadAction::Snooze { .. }
        | LeadAction::Reopen
        | LeadAction::Assign { .. } => format!("{contacts} {are} changed."),
    };
    match without_chat {
        0 => did,
        1 => format!("{did} 1 contact has not chatted and stays as it was."),
        more => format!("{did} {more} contacts have not chatted and stay as they were."),
    }
}

/// `Mark 12 contacts as spam?`
pub(crate) fn spam_question(contacts: usize) -> String {
    format!("Mark {} as spam?", counted(i64::try_from(contacts).unwrap_or(i64::MAX), "contact"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::IntentType;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn numbers_and_verbs_agree() {
        let kind = IntentType::Support;
        let words = acted_words(&LeadAction::SetType { kind }, 2, 1);
        assert_eq!(words, "2 contacts are Support now. 1 contact has not chatted and stays as it was.");
        let words = acted_words(&LeadAction::MarkSpam, 1, 0);
        assert_eq!(words, "1 contact is in the Inbox under Spam now.");
        assert_eq!(acted_words(&LeadAction::UnmarkSpam, 2, 0), "2 contacts are not spam any more.");
        assert_eq!(spam_question(1), "Mark 1 contact as spam?");
        assert_eq!(spam_question(12), "Mark 12 contacts as spam?");
    }
}
