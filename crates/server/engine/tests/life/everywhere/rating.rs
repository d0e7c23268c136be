//! A rating of a chat.

use crate::story::{Story, rep};
use knock_model::SignalId;
use knock_ports::{VisitorAct, VisitorFact};

/// Stores Ann's rating of the first chat.
pub(super) fn rate(story: &mut Story) {
    let (conversation, at) = (story.conversations[&0], story.now);
    let what = VisitorAct::Rated { rating: 4, comment: "The xylophones sound fine".into(), rep: Some(rep()) };
    let fact = VisitorFact { id: SignalId::new(at, &[8; 10]), conversation, at, what };
    story.while_stopped(|store, _| {
        store.write(&mut |ledger| ledger.append_visitor_fact(&fact)).expect("it is kept");
    });
}
