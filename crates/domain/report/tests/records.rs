//! Records: made of derived chats, and as bytes.

use knock_model::{MeetingId, Millis, RepId};
use knock_report::{ChatRecord, MeetingRecord, Rejection, Said, Voice, Wait};
use knock_status::chat::{self, Assignee, ChatStatus, Rejecter};
use knock_status::meeting::{self, MeetingStatus, RejectReason, Verdict};
use knock_status::{Fact, Source};
use proptest::prelude::*;

const ANN: &str = "0198c2a0-0000-4000-8000-000000000001";
const NOW: Millis = Millis(1_780_315_200_000);

fn facts<What>(events: Vec<(i64, What)>) -> Vec<Fact<usize, What>> {
    let fact = |(id, (at, what)): (usize, (i64, What))| {
        let at = NOW + Millis(at);
        Fact { id, at, received_at: at, source: Source::Server, what }
    };
    events.into_iter().enumerate().map(fact).collect()
}

fn ann() -> RepId {
    RepId::parse(ANN).expect("an id")
}

/// The record of a chat in which a lead is answered, writes again, and is rejected.
fn story(rep: &str) -> ChatRecord {
    use chat::Event;
    let rejected = Event::Rejected { by: Rejecter::Rep, reason: Some("no budget".into()), member: None };
    let events = vec![
        (0, Event::LinkClicked),
        (1_000, Event::LeadMessage { is_spam: false }),
        (1_000, Event::AiMessage),
        (2_000, Event::Assigned(Assignee::Rep(rep.into()))),
        (60_000, Event::RepMessage { rep: rep.into() }),
        (90_000, Event::LeadMessage { is_spam: false }),
        (95_000, Event::DealOpened),
        (99_000, rejected),
    ];
    ChatRecord::of(&chat::derive(&facts(events), NOW + Millis(100_000)))
}

#[test]
fn a_record_has_what_was_said_and_awaited() {
    let at = |after| NOW + Millis(after);
    let wait = |since, ended_at: Option<i64>| Wait {
        since: at(since),
        rep: Some(ann()),
        ended_at: ended_at.map(at),
        answered_by: ended_at.map(|_| ann()),
    };
    let said = |after, by| Said { at: at(after), by };
    let expected = ChatRecord {
        statuses: vec![
            (ChatStatus::New, at(0)),
            (ChatStatus::AiDiscovery, at(1_000)),
            (ChatStatus::RepDiscovery, at(60_000)),
            (ChatStatus::Qualified, at(95_000)),
            (ChatStatus::Rejected, at(99_000)),
        ],
        messages: vec![
            said(1_000, Voice::Lead),
            said(1_000, Voice::Agent),
            said(60_000, Voice::Rep(ann())),
            said(90_000, Voice::Lead),
        ],
        replies: vec![wait(2_000, Some(60_000))],
        waits: vec![wait(1_000, Some(60_000)), wait(90_000, None)],
        episodes: vec![at(1_000)],
        rejections: vec![Rejection { at: at(99_000), by: Rejecter::Rep, reason: "no budget".into() }],
        forms: Vec::new(),
        deal_at: Some(at(95_000)),
    };
    assert_eq!(story(ANN), expected);
}

#[test]
fn a_member_without_an_id_is_a_human_all_the_same() {
    let record = story("ann@example.com");
    let unknown = RepId::from_bytes([0; 16]);
    assert_eq!(record.messages[2].by, Voice::Rep(unknown));
    assert_eq!(record.replies[0].answered_by, Some(unknown));
}

#[test]
fn a_lead_is_qualified_since_the_first_accepted_address() {
    use meeting::Event::{EmailSubmitted, LinkClicked};
    let unqualified = EmailSubmitted(Verdict::Unqualified(RejectReason::Routing));
    let accepted = |after| (after, EmailSubmitted(Verdict::Ok));
    let mut facts = facts(vec![(0, LinkClicked), (1, unqualified), accepted(3), accepted(2), accepted(9)]);
    assert_eq!(MeetingRecord::qualified_at(&facts, NOW + Millis(5)), Some(NOW + Millis(2)));
    assert_eq!(MeetingRecord::qualified_at(&facts, NOW + Millis(1)), None);
    facts.truncate(2);
    assert_eq!(MeetingRecord::qualified_at(&facts, NOW + Millis(5)), None);
    let record = MeetingRecord::of(&meeting::derive(&facts, NOW + Millis(5), Millis::MINUTE), None);
    let statuses = vec![(MeetingStatus::New, NOW), (MeetingStatus::Unqualified, NOW + Millis(1))];
    assert_eq!(record, MeetingRecord { statuses, qualified_at: None, moves: Vec::new() });
}

#[test]
fn a_chat_is_few_bytes() {
    let packed = story(ANN).pack();
    assert!(packed.len() < 128, "{}", packed.len());
    assert!(!ChatRecord::default().pack().is_empty());
    assert!(!MeetingRecord::default().pack().is_empty());
}

#[test]
fn what_is_cut_longer_or_of_another_format_is_no_record() {
    let packed = story(ANN).pack();
    for end in 0..packed.len() {
        assert_eq!(ChatRecord::unpack(&packed[..end]), None, "{end}");
    }
    assert_eq!(ChatRecord::unpack(&[&packed[..], &[0]].concat()), None);
    let mut other = packed;
    other[0] += 1;
    assert_eq!(ChatRecord::unpack(&other), None);
    assert_eq!(MeetingRecord::unpack(&[]), None);
}

fn instant() -> impl Strategy<Value = Millis> {
    prop_oneof![4 => 0..i64::from(u32::MAX), 1 => any::<i64>()].prop_map(Millis)
}

fn member() -> impl Strategy<Value = RepId> {
    any::<u8>().prop_map(|number| RepId::from_bytes([number % 40; 16]))
}

fn waits() -> impl Strategy<Value = Vec<Wait>> {
    use proptest::option::of;
    let wait = (instant(), of(member()), of(instant()), of(member()));
    let wait = wait.prop_map(|(since, rep, ended_at, answered_by)| Wait { since, rep, ended_at, answered_by });
    proptest::collection::vec(wait, 0..6)
}

fn chats() -> impl Strategy<Value = ChatRecord> {
    use proptest::collection::vec;
    use proptest::sample::select;
    let voice = prop_oneof![Just(Voice::Lead), Just(Voice::Agent), member().prop_map(Voice::Rep)];
    let said = (instant(), voice).prop_map(|(at, by)| Said { at, by });
    let rejection = (instant(), select(Rejecter::ALL), ".{0,9}");
    let rejection = rejection.prop_map(|(at, by, reason)| Rejection { at, by, reason });
    let first = (vec((select(ChatStatus::ALL), instant()), 0..6), vec(said, 0..20), waits(), waits());
    let second = (vec(instant(), 0..4), vec(rejection, 0..3), vec(instant(), 0..3), proptest::option::of(instant()));
    (first, second).prop_map(|((statuses, messages, replies, waits), (episodes, rejections, forms, deal_at))| {
        ChatRecord { statuses, messages, replies, waits, episodes, rejections, forms, deal_at }
    })
}

fn meetings() -> impl Strategy<Value = MeetingRecord> {
    let status = (proptest::sample::select(MeetingStatus::ALL), instant());
    let moves = proptest::collection::vec(any::<[u8; 16]>().prop_map(MeetingId::from_bytes), 0..3);
    let record = (proptest::collection::vec(status, 0..6), proptest::option::of(instant()), moves);
    record.prop_map(|(statuses, qualified_at, moves)| MeetingRecord { statuses, qualified_at, moves })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_packed_is_what_is_unpacked(chat in chats(), meeting in meetings()) {
        prop_assert_eq!(ChatRecord::unpack(&chat.pack()), Some(chat));
        prop_assert_eq!(MeetingRecord::unpack(&meeting.pack()), Some(meeting));
    }

    #[test]
    fn bytes_of_any_kind_are_a_record_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        // Hardly any bytes begin with the format by chance.
        let formatted = [&[1][..], &bytes[..]].concat();
        for bytes in [bytes, formatted] {
            if let Some(chat) = ChatRecord::unpack(&bytes) {
                prop_assert_eq!(ChatRecord::unpack(&chat.pack()), Some(chat));
            }
            if let Some(meeting) = MeetingRecord::unpack(&bytes) {
                prop_assert_eq!(MeetingRecord::unpack(&meeting.pack()), Some(meeting));
            }
        }
    }

    #[test]
    fn a_spoilt_record_is_a_record_or_none(chat in chats(), place: prop::sample::Index, byte: u8) {
        let mut bytes = chat.pack();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        if let Some(spoilt) = ChatRecord::unpack(&bytes) {
            prop_assert_eq!(ChatRecord::unpack(&spoilt.pack()), Some(spoilt));
        }
    }
}
