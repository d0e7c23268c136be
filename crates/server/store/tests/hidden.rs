//! Leads who are marked as spam are in no list and no count, and come back when the mark is taken off (MS-08).

use knock_intent::{Evidence, History};
use knock_model::{
    AccountId, Category, IdentifyPolicy, Label, LeadId, Millis, PersonName, RepId, SessionId, SignalId, SignalType,
    SiteId, TagColor, TagId, VisitorId,
};
use knock_ports::{
    Decided, Detail, DetailText, EVER, FirstTouch, Lead, LeadTag, Ledger, NewSignal, Site, Span, StoreError, Tag,
    TimelineScope, View,
};
use knock_routing::{AgentKind, Assignee, Decision, Funnel, LeadFields, Outcome, Reason};
use knock_store::Scratch;

const ANN: LeadId = LeadId::from_bytes([1; 16]);
const BOB: LeadId = LeadId::from_bytes([2; 16]);
const FIRM: AccountId = AccountId::from_bytes([7; 16]);
const NOW: Millis = Millis(1_795_000_000_000);

fn lead(id: LeadId, is_spam: bool) -> Lead {
    Lead {
        id,
        email: None,
        is_spam,
        name: PersonName::default(),
        phone: None,
        company: Label::default(),
        account: Some(FIRM),
        first_touch: FirstTouch::default(),
        history: History::default(),
        signals: 3,
        first_seen_at: NOW,
        last_seen_at: NOW,
    }
}

fn browser(number: u8) -> VisitorId {
    VisitorId::new(NOW, &[number; 10])
}

/// A signal at an instant after the start, in a session.
fn signal(number: u8, kind: SignalType, after: i64, session: u8) -> NewSignal {
    let at = NOW + Millis(after);
    let name = if kind == SignalType::LinkClick { "chat".to_owned() } else { String::new() };
    NewSignal {
        id: SignalId::new(at, &[number; 10]),
        session: SessionId::new(NOW, &[session; 10]),
        kind,
        at,
        received_at: at,
        clamped: false,
        category: Category::Home,
        strength: 0.0,
        seq: None,
        view: None,
        detail: DetailText::from(Detail { name, ..Detail::default() }),
    }
}

fn decided(number: u8, of: LeadId) -> Decided {
    let decision = Decision {
        funnel: Funnel::Chat,
        rule: "default_chat".into(),
        rule_name: String::new(),
        version: 1,
        segment: None,
        segment_name: String::new(),
        outcome: Outcome::Assigned,
        assignee: Some(Assignee::AiAgent { id: AgentKind::General }),
        reason: Reason::Fallback,
        notes: Vec::new(),
        notify: Vec::new(),
        turn: None,
        skipped: Vec::new(),
    };
    let (id, link, fields) = (SignalId::new(NOW, &[number; 10]), "chat".into(), LeadFields::default());
    Decided { id, lead: of, at: NOW, link, fields, decision }
}

/// A click, a page view and a decision of both leads, who are of one company. The third browser was Ann's, then Bob's.
fn filled(ledger: &mut dyn Ledger) -> Result<(), StoreError> {
    let (key, origins) = ("shop".to_owned(), vec!["https://shop.test".to_owned()]);
    let site = ledger.create_site(
        &Site {
            id: SiteId(0),
            name: key.clone(),
            key,
            origins,
            base: String::new(),
            demo: false,
            categories: Vec::new(),
            identify: IdentifyPolicy::Open,
            identify_round: 1,
            removed_at: None,
        },
        NOW,
    )?;
    for (number, from_at, of) in [(1, 0, ANN), (2, 0, BOB), (3, 0, ANN), (3, NOW.0 + 50, BOB)] {
        let (visitor, from_at) = (browser(number), Millis(from_at));
        ledger.save_span(&Span { site, visitor, from_at, lead: Some(of), evidence: Evidence::default() })?;
    }
    for number in [1, 2, 3] {
        for (kind, after) in [(SignalType::LinkClick, 10), (SignalType::PageView, 20), (SignalType::PageView, 60)] {
            ledger.append_signal(site, browser(number), &signal(number, kind, after, number))?;
            ledger.note_arrival(site, browser(number), NOW + Millis(after))?;
        }
    }
    let tag = Tag { id: TagId::from_bytes([5; 16]), name: "VIP".into(), color: TagColor::Blue };
    ledger.save_tag(&tag)?;
    for (number, of) in [(1, ANN), (2, BOB)] {
        ledger.save_lead(&lead(of, false))?;
        ledger.append_decision(&decided(number, of))?;
        ledger.tag_lead(&LeadTag { lead: of, tag: tag.id, member: Some(RepId::from_bytes([9; 16])), at: NOW })?;
    }
    Ok(())
}

/// How much of each list and count there is.
fn counted(view: &dyn View) -> Result<Vec<(&'static str, u64)>, StoreError> {
    let length = |list: usize| u64::try_from(list).unwrap_or(u64::MAX);
    let signals = |scope, limit| Ok::<_, StoreError>(length(view.timeline(scope, None, EVER, limit)?.len()));
    let chats = Funnel::Chat;
    Ok(vec![
        ("signals", signals(TimelineScope::All, 50)?),
        ("a page of signals", signals(TimelineScope::All, 4)?),
        ("signals of the company", signals(TimelineScope::Account(FIRM), 50)?),
        ("clicks", view.link_clicks()?.get("chat").copied().unwrap_or_default()),
        ("decisions", length(view.decisions(None, 50)?.len())),
        ("decisions since", length(view.decisions_since(chats, Millis(0), 50)?.len())),
        ("newest decisions", length(view.newest_decisions(chats, Millis(0), 50)?.len())),
        ("decisions of the rule", length(view.decisions_by_rule("default_chat", Millis(0), 50)?.len())),
        ("leads of the rule", view.leads_by_rule(Millis(0))?.get("default_chat").copied().unwrap_or_default()),
        ("leads of the version", view.decisions_by_version("default_chat")?.get(&1).copied().unwrap_or_default()),
        ("uses of the tag", view.tag_uses()?.iter().map(|(_, uses)| u64::from(*uses)).sum()),
    ])
}

#[test]
fn spam_is_left_out_everywhere_and_comes_back() {
    let scratch = Scratch::new();
    let store = scratch.store();
    store.write(&mut |ledger| filled(ledger)).expect("it is kept");
    let all = [9, 4, 9, 3, 2, 2, 2, 2, 2, 2, 2];
    // Of the third browser what Bob did is left.
    let of_bob = [4, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1];
    for (is_spam, expected) in [(false, all), (true, of_bob), (false, all)] {
        store.write(&mut |ledger| ledger.save_lead(&lead(ANN, is_spam))).expect("it is kept");
        let mut found = Vec::new();
        store.read(&mut |view| counted(view).map(|counts| found = counts)).expect("it is read");
        let named: Vec<_> = found.iter().map(|(name, _)| *name).zip(expected).collect();
        assert_eq!(found, named, "spam: {is_spam}");
    }
}

#[test]
fn an_own_timeline_is_whole_and_later_sessions_are_known() {
    let scratch = Scratch::new();
    let store = scratch.store();
    store.write(&mut |ledger| filled(ledger)).expect("it is kept");
    store.write(&mut |ledger| ledger.save_lead(&lead(ANN, true))).expect("it is kept");
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.timeline(TimelineScope::Lead(ANN), None, EVER, 50)?;
        // Ann viewed pages in two browsers, and so in two sessions; the second one had not arrived before.
        assert!(view.has_earlier_session(ANN, EVER)?);
        assert!(!view.has_earlier_session(ANN, NOW + Millis(10))?);
        assert!(!view.has_earlier_session(LeadId::from_bytes([3; 16]), EVER)?);
        Ok(())
    });
    read.expect("it is read");
    assert_eq!(found.len(), 5, "a lead's own record has them");
}
