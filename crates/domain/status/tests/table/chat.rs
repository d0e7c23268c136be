//! The transition table of Chat Status, cell by cell.

use crate::grid::cells;
use knock_model::Millis;
use knock_status::chat::{Assignee, ChatStatus, Derived, Event, Rejecter, derive};
use knock_status::{Fact, Source};

/// `Hidden` is closed with the spam mark (R4b); `time` is whichever timer comes next.
const TABLE: &str = "
                       None New  Save   Spam   AI     Reply  Rep    Follow Rejected Closed Hidden Qualified
    link_clicked       New  =    New    =      =      =      =      =      =        New    Spam   =
    chat_activity      =    =    New    =      =      =      =      =      =        New    Spam   =
    lead_message       AI   AI   AI     =      =      =      =      Rep    =        AI     Spam   =
    spam_message       Spam Spam Spam   =      Spam   Spam   Spam   Spam   =        Spam   Spam   =
    spam_detected      =    Spam Spam   =      Spam   Spam   Spam   Spam   =        Hidden =      =
    spam_reversed      =    =    =      AI     =      =      =      =      =        =      Closed =
    assigned_ann       =    =    =      =      =      =      =      =      =        =      =      =
    assigned_bob       =    =    =      =      =      =      =      =      =        =      =      =
    assigned_ai        =    =    =      =      =      AI     AI     AI     =        =      =      =
    queued             =    =    =      =      =      AI     AI     AI     =        =      =      =
    rep_message        =    Rep  Rep    Rep    Rep    Rep    =      Rep    =        =      Closed =
    ai_message         =    =    =      =      =      =      =      =      =        =      =      =
    rejected_rep       =    Rejected Rejected Rejected Rejected Rejected Rejected Rejected = Rejected Rejected Rejected
    rejected_ai        =    Rejected Rejected Rejected Rejected Rejected Rejected Rejected = Rejected Rejected =
    rejection_reversed =    =    =      =      =      =      =      =      AI       =      =      =
    deal_opened        =    Qualified Qualified Qualified Qualified Qualified Qualified Qualified = Qualified Qualified =
    form_sent          =    =    =      =      =      =      =      =      =        =      =      =
    done               =    =    =      =      =      =      =      =      =        =      =      =
    snoozed            =    =    =      =      =      =      =      =      =        =      =      =
    reopened           =    =    =      =      =      =      =      =      =        =      =      =
    invited            =    Rep  Rep    Rep    Rep    Rep    =      Rep    =        =      Closed =
    time               =    Save Closed Hidden Closed Closed Follow Closed =        =      =      =
";

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// The end of every snooze.
pub(crate) const SNOOZED_UNTIL: i64 = 30 * HOUR;

pub(crate) fn event(word: &str) -> Event {
    match word {
        "link_clicked" => Event::LinkClicked,
        "chat_activity" => Event::ChatActivity,
        "lead_message" => Event::LeadMessage { is_spam: false },
        "spam_message" => Event::LeadMessage { is_spam: true },
        "spam_detected" => Event::SpamDetected,
        "spam_reversed" => Event::SpamReversed,
        "assigned_ann" => Event::Assigned(Assignee::Rep("ann".into())),
        "assigned_bob" => Event::Assigned(Assignee::Rep("bob".into())),
        "assigned_ai" => Event::Assigned(Assignee::AiAgent),
        "queued" => Event::Queued,
        "rep_message" | "ann_wrote" => Event::RepMessage { rep: "ann".into() },
        "invited" => Event::Invited { rep: "ann".into() },
        "bob_wrote" => Event::RepMessage { rep: "bob".into() },
        "ai_message" => Event::AiMessage,
        "rejected_rep" => {
            Event::Rejected { by: Rejecter::Rep, reason: Some("no budget".into()), member: Some("ann".into()) }
        }
        "rejected_ai" => Event::Rejected { by: Rejecter::Ai, reason: None, member: None },
        "rejection_reversed" => Event::RejectionReversed,
        "deal_opened" => Event::DealOpened,
        "form_sent" => Event::FormSent { form: "demo".into(), page: "/demo".into(), fields: vec!["email".into()] },
        "done" => Event::Done { by: Some("ann".into()) },
        "snoozed" => Event::Snoozed { until: Millis(SNOOZED_UNTIL), by: Some("ann".into()) },
        "reopened" => Event::Reopened { by: Some("ann".into()) },
        _ => panic!("no event is called {word}"),
    }
}

/// Facts of a trusted source, delivered as they happen.
pub(crate) fn facts(events: &[(i64, &str)]) -> Vec<Fact<usize, Event>> {
    let facts = events.iter().enumerate().map(|(id, (at, word))| Fact {
        id,
        at: Millis(*at),
        received_at: Millis(*at),
        source: Source::Server,
        what: event(word),
    });
    facts.collect()
}

/// The events that lead to a state, and an instant at which it holds.
fn way_to(state: &str) -> (Vec<(i64, &'static str)>, i64) {
    let wrote = [(0, "link_clicked"), (MINUTE, "lead_message")];
    let and = |more: &[(i64, &'static str)]| wrote.iter().chain(more).copied().collect::<Vec<_>>();
    match state {
        "None" => (vec![], 0),
        "New" => (vec![(0, "link_clicked")], MINUTE),
        "Save" => (vec![(0, "link_clicked")], 4 * HOUR),
        "Spam" => (and(&[(2 * MINUTE, "spam_detected")]), 3 * MINUTE),
        "AI" => (and(&[]), 3 * MINUTE),
        "Reply" => (and(&[(2 * MINUTE, "assigned_ann")]), 5 * MINUTE),
        "Rep" => (and(&[(2 * MINUTE, "rep_message")]), 3 * MINUTE),
        "Follow" => (and(&[(2 * MINUTE, "rep_message")]), 13 * HOUR),
        "Rejected" => (and(&[(2 * MINUTE, "rejected_rep")]), 3 * MINUTE),
        "Closed" => (and(&[]), 13 * 24 * HOUR),
        "Hidden" => (and(&[(2 * MINUTE, "spam_detected")]), 13 * 24 * HOUR),
        "Qualified" => (and(&[(2 * MINUTE, "deal_opened")]), 3 * MINUTE),
        _ => panic!("no state is called {state}"),
    }
}

fn state(derived: &Derived) -> &'static str {
    match derived.status {
        None => "None",
        Some(ChatStatus::New) => "New",
        Some(ChatStatus::SaveTheLead) => "Save",
        Some(ChatStatus::Spam) => "Spam",
        Some(ChatStatus::AiDiscovery) => "AI",
        Some(ChatStatus::RepReplyNeeded) => "Reply",
        Some(ChatStatus::RepDiscovery) => "Rep",
        Some(ChatStatus::FollowUpNeeded) => "Follow",
        Some(ChatStatus::Rejected) => "Rejected",
        Some(ChatStatus::Closed) if derived.is_spam => "Hidden",
        Some(ChatStatus::Closed) => "Closed",
        Some(ChatStatus::Qualified) => "Qualified",
    }
}

#[test]
fn each_event_leads_from_each_state_where_the_table_says() {
    for (word, from, to) in cells(TABLE) {
        let (mut events, mut at) = way_to(from);
        let before = derive(&facts(&events), Millis(at));
        assert_eq!(state(&before), from, "the way to {from}");
        if word == "time" {
            at = before.next_change_at.map_or(at + 100 * 24 * HOUR, |due| due.0);
        } else {
            events.push((at, word));
        }
        let after = derive(&facts(&events), Millis(at));
        assert_eq!(state(&after), to, "{word} in {from}");
    }
}
