//! Stories of chats: which clock runs when, and what the fields say of it.

use crate::chat::facts;
use knock_model::Millis;
use knock_status::chat::{ChatStatus, Derived, Flag, Rejecter, Rejection, RepOwner, derive};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn derive_at(events: &[(i64, &str)], at: i64) -> Derived {
    derive(&facts(events), Millis(at))
}

/// Whether the rep is waited for from `since` on: two minutes later a reply is needed, and not before.
fn awaited_since(events: &[(i64, &str)], since: i64) {
    let due = since + 2 * MINUTE;
    assert_ne!(derive_at(events, due - 1).status, Some(ChatStatus::RepReplyNeeded), "{events:?}");
    let derived = derive_at(events, due);
    assert_eq!(derived.status, Some(ChatStatus::RepReplyNeeded), "{events:?}");
    assert_eq!(derived.why.map(|why| why.since), Some(Millis(due)), "{events:?}");
}

/// No reply is awaited.
fn not_awaited(events: &[(i64, &str)]) {
    let last = events.last().map_or(0, |(at, _)| *at);
    for after in [2 * MINUTE, HOUR, 11 * HOUR] {
        assert_ne!(derive_at(events, last + after).status, Some(ChatStatus::RepReplyNeeded), "{events:?}");
    }
}

#[test]
fn the_two_minutes_begin_when_both_rep_and_message_are_there() {
    let click = (0, "link_clicked");
    awaited_since(&[click, (SECOND, "lead_message"), (MINUTE, "assigned_ann")], MINUTE);
    awaited_since(&[click, (SECOND, "assigned_ann"), (MINUTE, "lead_message")], MINUTE);
    awaited_since(&[(0, "assigned_ann"), (SECOND, "link_clicked"), (MINUTE, "lead_message")], MINUTE);
    not_awaited(&[click, (SECOND, "assigned_ann")]);
    not_awaited(&[click, (SECOND, "lead_message")]);
    // A later message finds them running.
    awaited_since(&[click, (1, "lead_message"), (2, "assigned_ann"), (MINUTE, "lead_message")], 2);
}

#[test]
fn only_another_rep_begins_them_again() {
    let start = [(0, "link_clicked"), (1, "lead_message"), (2, "assigned_ann")];
    let and = |more: (i64, &'static str)| start.iter().copied().chain([more]).collect::<Vec<_>>();
    awaited_since(&and((MINUTE, "assigned_ann")), 2);
    awaited_since(&and((MINUTE, "assigned_bob")), MINUTE);
    not_awaited(&and((MINUTE, "assigned_ai")));
    // With the AI agent in between, the same rep is another one.
    let back = and((MINUTE, "assigned_ai"));
    awaited_since(&back.into_iter().chain([(2 * MINUTE, "assigned_ann")]).collect::<Vec<_>>(), 2 * MINUTE);
}

/// The twelve days run out while another clock still runs: whichever is due first comes first (CS-09).
#[test]
fn a_chat_closes_before_a_clock_that_is_due_later() {
    let closes = 12 * DAY + 1;
    let assigned = [(0, "link_clicked"), (0, "lead_message"), (12 * DAY - MINUTE, "assigned_ann")];
    let wrote = [(0, "link_clicked"), (0, "lead_message"), (12 * DAY - HOUR, "ann_wrote")];
    for (events, before) in [(assigned, ChatStatus::AiDiscovery), (wrote, ChatStatus::RepDiscovery)] {
        let open = derive_at(&events, closes - 1);
        assert_eq!((open.status, open.next_change_at), (Some(before), Some(Millis(closes))), "{events:?}");
        let later = derive_at(&events, closes + 2 * DAY);
        let entries: Vec<_> = later.timeline.iter().map(|entry| (entry.at, entry.status)).collect();
        assert_eq!(entries.last(), Some(&(Millis(closes), ChatStatus::Closed)), "{entries:?}");
    }
}

#[test]
fn a_missed_reply_keeps_its_start_after_any_assignment() {
    let start = [(0, "link_clicked"), (0, "lead_message"), (0, "assigned_ann"), (3 * MINUTE, "assigned_bob")];
    let missed = derive_at(&start, 4 * MINUTE);
    assert_eq!(missed.status, Some(ChatStatus::RepReplyNeeded));
    assert_eq!(missed.fields.rep_owner, Some(RepOwner::Rep("bob".into())));
    let answered = start.iter().copied().chain([(5 * MINUTE, "bob_wrote")]).collect::<Vec<_>>();
    assert_eq!(derive_at(&answered, 5 * MINUTE).fields.response_time, Some(Millis(5 * MINUTE)));
}

#[test]
fn an_answer_ends_the_wait_until_another_rep_is_assigned() {
    let answered = [(0, "link_clicked"), (0, "lead_message"), (0, "assigned_ann"), (MINUTE, "ann_wrote")];
    let and = |more: &[(i64, &'static str)]| answered.iter().chain(more).copied().collect::<Vec<_>>();
    not_awaited(&and(&[(2 * MINUTE, "lead_message")]));
    not_awaited(&and(&[(2 * MINUTE, "lead_message"), (3 * MINUTE, "assigned_ann")]));
    not_awaited(&and(&[(2 * MINUTE, "assigned_bob")]));
    awaited_since(&and(&[(2 * MINUTE, "lead_message"), (3 * MINUTE, "assigned_bob")]), 3 * MINUTE);
    awaited_since(&and(&[(2 * MINUTE, "assigned_bob"), (3 * MINUTE, "lead_message")]), 3 * MINUTE);
    // Set once: what the second rep needed is not counted.
    let twice = and(&[(2 * MINUTE, "lead_message"), (3 * MINUTE, "assigned_bob"), (8 * MINUTE, "bob_wrote")]);
    let fields = derive_at(&twice, DAY).fields;
    assert_eq!(fields.response_time, Some(Millis(MINUTE)));
    assert_eq!(fields.responding_rep.as_deref(), Some("ann"));
    assert_eq!(fields.rep_owner, Some(RepOwner::Rep("bob".into())));
}

#[test]
fn what_the_ai_writes_is_no_answer() {
    awaited_since(&[(0, "link_clicked"), (0, "lead_message"), (0, "assigned_ann"), (MINUTE, "ai_message")], 0);
}

#[test]
fn a_closed_chat_reopens_as_a_new_episode_with_its_standing_rep() {
    let old = [(0, "link_clicked"), (0, "lead_message"), (0, "assigned_ann")];
    let and = |more: &[(i64, &'static str)]| old.iter().chain(more).copied().collect::<Vec<_>>();
    let late = 20 * DAY;
    for answered in [&[][..], &[(MINUTE, "ann_wrote")][..]] {
        let reopened = and(&[answered, &[(late, "lead_message")]].concat());
        assert_eq!(derive_at(&reopened, late).status, Some(ChatStatus::AiDiscovery));
        assert_eq!(derive_at(&reopened, late).waiting_since, Some(Millis(late)));
        awaited_since(&reopened, late);
        let clicked = and(&[answered, &[(late, "link_clicked")]].concat());
        assert_eq!(derive_at(&clicked, late).status, Some(ChatStatus::New));
        assert_eq!(derive_at(&clicked, late).waiting_since, None);
        assert_eq!(derive_at(&clicked, late + 3 * HOUR).status, Some(ChatStatus::SaveTheLead));
        let written = and(&[answered, &[(late, "chat_activity"), (late + MINUTE, "lead_message")]].concat());
        awaited_since(&written, late + MINUTE);
    }
    not_awaited(&[(0, "link_clicked"), (0, "lead_message"), (late, "lead_message")]);
    not_awaited(&and(&[(MINUTE, "assigned_ai"), (late, "lead_message")]));
    // What a rep wrote into the closed chat does not make the lead's next silence a late one.
    let written = and(&[(late - DAY, "ann_wrote"), (late, "lead_message"), (late + MINUTE, "ann_wrote")]);
    assert_eq!(derive_at(&written, late + 12 * HOUR).status, Some(ChatStatus::RepDiscovery));
    assert_eq!(derive_at(&written, late + MINUTE + 12 * HOUR).status, Some(ChatStatus::FollowUpNeeded));
}

#[test]
fn the_twelve_hours_end_with_a_message_of_the_lead() {
    let answered = [(0, "link_clicked"), (0, "lead_message"), (MINUTE, "ann_wrote"), (HOUR, "lead_message")];
    assert_eq!(derive_at(&answered, 2 * DAY).status, Some(ChatStatus::RepDiscovery));
    // Typing is no answer.
    let typed = [(0, "link_clicked"), (0, "lead_message"), (0, "ann_wrote"), (HOUR, "chat_activity")];
    assert_eq!(derive_at(&typed, 12 * HOUR).status, Some(ChatStatus::FollowUpNeeded));
    let asked = [(0, "link_clicked"), (0, "lead_message"), (0, "ann_wrote"), (13 * HOUR, "lead_message")];
    assert_eq!(derive_at(&asked, 3 * DAY).status, Some(ChatStatus::RepDiscovery));
}

#[test]
fn a_rep_who_writes_without_a_standing_rep_takes_the_chat() {
    let check = |events: &[(i64, &str)], owner: RepOwner, responding: &str| {
        let fields = derive_at(events, DAY).fields;
        assert_eq!(fields.rep_owner, Some(owner), "{events:?}");
        assert_eq!(fields.responding_rep.as_deref(), Some(responding), "{events:?}");
    };
    let ann = || RepOwner::Rep("ann".into());
    check(&[(0, "link_clicked"), (1, "ann_wrote")], ann(), "ann");
    check(&[(0, "link_clicked"), (1, "assigned_ai"), (2, "ann_wrote")], ann(), "ann");
    check(&[(0, "link_clicked"), (1, "assigned_ann"), (2, "bob_wrote")], ann(), "bob");
    check(&[(0, "link_clicked"), (1, "bob_wrote"), (2, "assigned_ann")], ann(), "bob");
    let closed = [(0, "link_clicked"), (20 * DAY, "ann_wrote")];
    assert_eq!(derive_at(&closed, 20 * DAY).fields.rep_owner, Some(ann()));
    // Without a message of the lead there is no response time.
    assert_eq!(derive_at(&closed, 20 * DAY).fields.response_time, None);
}

#[test]
fn a_deal_follows_the_first_click_or_says_nothing() {
    let with_deal = |at: i64| [(HOUR, "link_clicked"), (at.max(HOUR), "deal_opened")];
    assert_eq!(derive_at(&with_deal(HOUR), DAY).status, Some(ChatStatus::SaveTheLead));
    assert_eq!(derive_at(&with_deal(HOUR + 1), DAY).status, Some(ChatStatus::Qualified));
    let before = [(0, "lead_message"), (1, "deal_opened")];
    assert_eq!(derive_at(&before, HOUR).status, Some(ChatStatus::AiDiscovery));
    let second = [(0, "link_clicked"), (HOUR, "deal_opened"), (HOUR, "link_clicked")];
    assert_eq!(derive_at(&second, HOUR).status, Some(ChatStatus::Qualified));
}

#[test]
fn the_last_messages_and_the_first_deal_that_counts_are_known() {
    let instants = |events: &[(i64, &str)]| {
        let derived = derive_at(events, DAY);
        [derived.lead_wrote_at, derived.rep_wrote_at, derived.deal_opened_at].map(|at| at.map(|at| at.0))
    };
    assert_eq!(instants(&[(0, "link_clicked")]), [None; 3]);
    let talk = [(0, "link_clicked"), (1, "lead_message"), (2, "ann_wrote"), (3, "bob_wrote"), (4, "lead_message")];
    assert_eq!(instants(&talk), [Some(4), Some(3), None]);
    assert_eq!(instants(&[(0, "form_sent"), (5, "ann_wrote")]), [None, Some(5), None]);
    // A deal before the click says nothing, a second one nothing new.
    let deals = [(2, "deal_opened"), (2, "link_clicked"), (3, "rejected_rep"), (4, "deal_opened"), (5, "deal_opened")];
    assert_eq!(instants(&deals), [None, None, Some(4)]);
}

#[test]
fn what_needs_a_person_is_flagged() {
    let rejected = derive_at(&[(0, "link_clicked"), (1, "rejected_rep"), (2, "deal_opened")], HOUR);
    assert_eq!(rejected.flags.into_iter().collect::<Vec<_>>(), [Flag::DealOnRejected]);
    let by_ann = Rejection { by: Rejecter::Rep, member: Some("ann".into()), reason: Some("no budget".into()) };
    assert_eq!(rejected.fields.rejected, Some(by_ann));
    let qualified = derive_at(&[(0, "link_clicked"), (1, "deal_opened"), (2, "rejected_ai")], HOUR);
    assert_eq!(qualified.flags.into_iter().collect::<Vec<_>>(), [Flag::AiRejectOnQualified]);
    assert_eq!(qualified.fields.rejected, None);
}

#[test]
fn a_reversal_lifts_the_mark_where_the_status_stays() {
    for (end, status) in [("rejected_rep", ChatStatus::Rejected), ("rejected_ai", ChatStatus::Rejected)] {
        let spam = [(0, "link_clicked"), (1, "spam_message"), (2, end)];
        assert!(derive_at(&spam, 3).is_spam);
        let reversed: Vec<_> = spam.into_iter().chain([(3, "spam_reversed")]).collect();
        let derived = derive_at(&reversed, 3);
        assert_eq!((derived.status, derived.is_spam), (Some(status), false));
    }
}

#[test]
fn verdicts_and_rejections_are_taken_back_apart() {
    let both = [(0, "link_clicked"), (1, "lead_message"), (2, "spam_detected"), (3, "rejected_rep")];
    let and = |more: &[(i64, &'static str)]| both.iter().chain(more).copied().collect::<Vec<_>>();
    assert_eq!(derive_at(&and(&[(4, "rejection_reversed")]), 5).status, Some(ChatStatus::Spam));
    assert_eq!(derive_at(&and(&[(4, "spam_reversed")]), 5).status, Some(ChatStatus::Rejected));
    assert_eq!(
        derive_at(&and(&[(4, "spam_reversed"), (5, "rejection_reversed")]), 6).status,
        Some(ChatStatus::AiDiscovery)
    );
    // With nothing to take back a reversal is only stored.
    let talked = [(0, "link_clicked"), (1, "rejected_ai"), (2, "rejection_reversed"), (3, "rejection_reversed")];
    assert_eq!(derive_at(&talked, 4).status, Some(ChatStatus::New));
}
