//! Filters and orders of the views of the inbox.

use super::{COUNT, NOW, ann, filled, id, is_in, narrowed, opened, pages, query, score, status, summary};
use knock_agent::Language;
use knock_model::search::Search;
use knock_model::{Bucket, ConversationId, IntentType, Millis, SiteId, TagId};
use knock_ports::{ChatSummary, Conversation, InboxFilter, InboxQuery, LeadTag, OwnerFilter};
use knock_status::chat::{ChatStatus, InboxOrder, InboxView, RepOwner};

#[test]
fn each_order_is_that_of_the_domain_in_every_view_however_it_is_paged() {
    let (_scratch, store) = filled();
    for view in InboxView::ALL {
        for order in InboxOrder::ALL {
            let expected = narrowed(*view, *order, |_, _| true);
            for limit in [1, 7, 200] {
                let found = pages(&*store, InboxQuery { limit, order: *order, ..query(*view) });
                assert_eq!(found, expected, "{view:?} {order:?} by {limit}");
            }
        }
    }
}

/// A filter, and whether a chat fits it.
type Case = (InboxFilter, fn(u8, &ChatSummary) -> bool);

fn tag() -> TagId {
    TagId::from_bytes([7; 16])
}

fn filters() -> Vec<Case> {
    let all = InboxFilter::default;
    vec![
        (InboxFilter { owner: Some(OwnerFilter::Unassigned), ..all() }, |_, chat| chat.owner.is_none()),
        (InboxFilter { owner: Some(OwnerFilter::AiAgent), ..all() }, |_, chat| chat.owner == Some(RepOwner::AiAgent)),
        (InboxFilter { owner: Some(OwnerFilter::Rep(ann())), ..all() }, |_, chat| {
            chat.owner == Some(RepOwner::Rep(ann().to_string()))
        }),
        (InboxFilter { statuses: vec![ChatStatus::AiDiscovery], ..all() }, |number, _| {
            status(number) == ChatStatus::AiDiscovery
        }),
        (InboxFilter { statuses: vec![ChatStatus::AiDiscovery, ChatStatus::FollowUpNeeded], ..all() }, |_, _| true),
        (InboxFilter { intent_type: Some(IntentType::Support), ..all() }, |_, chat| {
            chat.intent_type == IntentType::Support
        }),
        (InboxFilter { score: Some(Bucket::High), ..all() }, |number, _| score(number) == Some(Bucket::High)),
        (InboxFilter { score: Some(Bucket::Low), ..all() }, |number, _| {
            score(number).is_none_or(|score| score == Bucket::Low)
        }),
        (InboxFilter { site: Some(SiteId(2)), ..all() }, |number, _| number % 2 == 1),
        (InboxFilter { language: Some(Language::De), ..all() }, |number, _| number.is_multiple_of(3)),
        (InboxFilter { tag: Some(tag()), ..all() }, |number, _| number.is_multiple_of(4)),
        (InboxFilter { is_waiting: true, ..all() }, |_, chat| chat.waiting_since.is_some()),
        (InboxFilter { score: Some(Bucket::Low), site: Some(SiteId(1)), is_waiting: true, ..all() }, |number, chat| {
            number % 2 == 0 && score(number).is_none_or(|score| score == Bucket::Low) && chat.waiting_since.is_some()
        }),
    ]
}

#[test]
fn a_filter_leaves_those_that_fit_in_their_order_however_they_are_paged() {
    let (_scratch, store) = filled();
    let tagged = store.write(&mut |ledger| {
        for number in (1..=COUNT).filter(|number| number.is_multiple_of(4)) {
            ledger.tag_lead(&LeadTag { lead: id(number), tag: tag(), member: None, at: NOW })?;
        }
        Ok(())
    });
    tagged.expect("they are stored");
    for (filter, fits) in filters() {
        let mut count = 0;
        for (view, order) in InboxView::ALL.iter().zip(InboxOrder::ALL.iter().cycle()) {
            let expected = narrowed(*view, *order, fits);
            count += expected.len();
            for limit in [1, 7, 200] {
                let asked = InboxQuery { filter: filter.clone(), order: *order, limit, ..query(*view) };
                assert_eq!(pages(&*store, asked), expected, "{filter:?} in {view:?} {order:?} by {limit}");
            }
        }
        assert!(count > 5, "{filter:?} leaves too few to say much");
    }
}

#[test]
fn a_filter_and_a_search_have_to_fit_both() {
    let (_scratch, store) = filled();
    let filter = InboxFilter { site: Some(SiteId(2)), ..InboxFilter::default() };
    let asked = InboxQuery { search: Search::parse("xylophones"), filter, limit: 3, ..query(InboxView::Open) };
    let expected = narrowed(InboxView::Open, InboxOrder::Urgent, |number, _| number % 2 == 1);
    assert_eq!(pages(&*store, asked.clone()), expected);
    assert_eq!(pages(&*store, InboxQuery { search: Search::parse("accordion"), ..asked }), []);
}

#[test]
fn the_newest_conversation_of_a_lead_says_their_site_and_language() {
    let (_scratch, store) = filled();
    let number = (1..=COUNT).find(|number| is_in(InboxView::Open, &summary(*number))).expect("an open one");
    let newer = Conversation {
        id: ConversationId::new([250; 16]),
        site: SiteId(7),
        language: Language::Fr,
        opened_at: NOW + Millis(1),
        ..opened(number)
    };
    store.write(&mut |ledger| ledger.create_conversation(&newer)).expect("it is kept");
    let found = |filter: InboxFilter| pages(&*store, InboxQuery { filter, ..query(InboxView::Open) });
    let all = InboxFilter::default;
    assert_eq!(found(InboxFilter { site: Some(SiteId(7)), ..all() }), [summary(number)]);
    assert_eq!(found(InboxFilter { language: Some(Language::Fr), ..all() }), [summary(number)]);
    let former = opened(number);
    let filter = InboxFilter { site: Some(former.site), language: Some(former.language), ..all() };
    assert!(!found(filter).contains(&summary(number)));
}
