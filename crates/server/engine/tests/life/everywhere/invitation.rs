//! A message by which a member wrote to the person first.

use crate::story::{Story, rep};
use knock_ports::Invitation;

/// Stores the first message of the first chat as one by which a member wrote first.
pub(super) fn invite(story: &mut Story) {
    let (conversation, at) = (story.conversations[&0], story.now);
    story.while_stopped(|store, _| {
        let kept = store.write(&mut |ledger| {
            let known = ledger.conversation(conversation)?.expect("it is there");
            let first = ledger.messages_after(conversation, 0)?.remove(0);
            ledger.save_invitation(&Invitation {
                id: first.id,
                conversation,
                seq: first.seq,
                site: known.site,
                visitor: known.visitor,
                rep: rep(),
                at,
                shown_at: Some(at),
                url: "https://us.example/xylophones".into(),
                closed_at: None,
            })
        });
        kept.expect("it is kept");
    });
}
