//! Mails of a lead in words: what a mail is, who sent it, and the return of one.

use knock_model::ReceivedKind;
use knock_wire::{LeftOutFile, MailBounceShown, MailShown, ReceivedKindWord, Word};

/// The heading of a mail that is no message.
pub(crate) fn card_title(kind: &ReceivedKindWord) -> &str {
    match kind {
        Word::Known(kind) => match kind {
            ReceivedKind::Message => "Mail",
            ReceivedKind::AutoReply => "Automatic reply",
            ReceivedKind::Bounce => "Mail returned",
            ReceivedKind::CalendarReply => "Answer to an invitation",
            ReceivedKind::Member => "Mail of a colleague, not added",
            ReceivedKind::TooLarge => "Mail not taken: larger than 25 MB",
            ReceivedKind::TooMany => "Mails not taken: more than 20 in an hour",
            ReceivedKind::Unreadable => "Mail not taken: it cannot be read",
            ReceivedKind::Empty => "Mail without text or files",
        },
        Word::Unknown(word) => word,
    }
}

/// `Ann Lee <ann@acme.com>`; the address alone without a name, nothing without both.
pub(crate) fn sender_words(mail: &MailShown) -> String {
    match (&*mail.sender_name, &*mail.sender) {
        ("", sender) => sender.to_owned(),
        (name, "") => name.to_owned(),
        (name, sender) => format!("{name} <{sender}>"),
    }
}

/// Who sent the mail of a message, if it is not the lead as they are known.
pub(crate) fn other_sender_words(mail: &MailShown) -> Option<String> {
    mail.is_other.then(|| format!("From {}, which is not the lead\u{2019}s address.", sender_words(mail)))
}

/// An attachment that was not stored.
pub(crate) fn left_out_words(file: &LeftOutFile) -> String {
    let LeftOutFile { name, reason } = file;
    let name = if name.is_empty() { "A file" } else { name };
    format!("Left out: {name} {}.", reason.trim_end_matches('.'))
}

/// The return of a mail to the lead's address, and what follows from it.
pub(crate) fn returned_words(bounce: &MailBounceShown) -> String {
    let MailBounceShown { email, reason, is_dead, .. } = bounce;
    let reason = reason.trim().trim_end_matches('.');
    let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
    if *is_dead {
        format!("Mail to {email} was returned{reason}. Replies are not mailed.")
    } else {
        format!("The last mail to {email} was returned{reason}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_kind_has_words_of_its_own_and_a_new_one_its_word() {
        let mut words: Vec<String> =
            ReceivedKind::ALL.iter().map(|kind| card_title(&(*kind).into()).to_owned()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), ReceivedKind::ALL.len());
        assert_eq!(card_title(&Word::parse("folded")), "folded");
    }

    #[wasm_bindgen_test]
    fn another_sender_is_named_and_the_lead_is_not() {
        let mail = sample::received_mail();
        assert_eq!(other_sender_words(&mail), None);
        let other = |name: &str| MailShown { is_other: true, sender_name: name.to_owned(), ..mail.clone() };
        let words = other_sender_words(&other("Cy")).expect("words");
        assert_eq!(words, "From Cy <ann@globex.test>, which is not the lead\u{2019}s address.");
        assert_eq!(sender_words(&other("")), "ann@globex.test");
    }

    #[wasm_bindgen_test]
    fn a_return_says_whether_replies_are_still_mailed() {
        let dead = sample::bounce();
        assert_eq!(
            returned_words(&dead),
            "Mail to ann@globex.test was returned: 5.1.1 user unknown. Replies are not mailed."
        );
        let full = MailBounceShown { is_dead: false, reason: "Mailbox full.".to_owned(), ..dead.clone() };
        assert_eq!(returned_words(&full), "The last mail to ann@globex.test was returned: Mailbox full.");
        let silent = MailBounceShown { reason: String::new(), ..dead };
        assert_eq!(returned_words(&silent), "Mail to ann@globex.test was returned. Replies are not mailed.");
    }
}
