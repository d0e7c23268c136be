//! A mail that came for a person's chat, and one that was returned.

use super::ANN;
use crate::story::{EMAILS, Story};
use knock_model::{Email, LeadId, ReceivedKind};
use knock_ports::{LeftOutFile, MailBounce, StoredMail};

/// Stores an automatic reply in the first chat, and that mail to the address was returned.
pub(super) fn mail(story: &mut Story, lead: LeadId) {
    let (at, conversation) = (story.now, story.conversations[&0]);
    let left_out = vec![LeftOutFile { name: "order.txt".into(), reason: "is damaged".into() }];
    let mail = StoredMail {
        key: [7; 16],
        conversation,
        seq: None,
        kind: ReceivedKind::AutoReply,
        at,
        sender: EMAILS[ANN].into(),
        sender_name: "Ann".into(),
        is_other: false,
        subject: "Away".into(),
        text: "Back on Monday".into(),
        rest: String::new(),
        left_out,
    };
    let email = Email::parse(EMAILS[ANN]).expect("an address");
    let bounce = MailBounce { email, at, reason: "550 5.2.2 mailbox full".into(), is_dead: false };
    story.while_stopped(|store, _| {
        let kept = store.write(&mut |ledger| {
            ledger.append_mail(&mail)?;
            ledger.save_bounce(lead, &bounce)
        });
        kept.expect("it is kept");
    });
}
