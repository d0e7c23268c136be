//! Who is on a site now.

use super::{NOW, filled, id, lead, narrowed, pages, query};
use knock_intent::Evidence;
use knock_model::{Category, LeadId, Millis, SessionId, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{
    BrowserOnSite, DetailText, InboxFilter, InboxQuery, Ledger, NewSignal, OnSite, Span, Store, StoreError,
};
use knock_status::chat::{InboxOrder, InboxView};

const SITE: SiteId = SiteId(1);
const MINUTE: i64 = Millis::MINUTE.0;

/// What a browser did so many minutes ago.
type Acts = &'static [(SignalType, i64)];

fn browser(number: u8) -> VisitorId {
    VisitorId::new(NOW, &[number; 10])
}

fn browses(
    ledger: &mut dyn Ledger,
    number: u8,
    owners: &[(i64, Option<LeadId>)],
    acts: Acts,
) -> Result<(), StoreError> {
    let visitor = browser(number);
    for (from, lead) in owners {
        let from_at = Millis(*from);
        ledger.save_span(&Span { site: SITE, visitor, from_at, lead: *lead, evidence: Evidence::default() })?;
    }
    for (kind, ago) in acts {
        let at = NOW - Millis(ago * MINUTE);
        let signal = NewSignal {
            id: SignalId::new(at, &[number; 10]),
            session: SessionId::new(NOW, &[number; 10]),
            kind: *kind,
            at,
            received_at: at,
            clamped: false,
            category: Category::Home,
            strength: 0.0,
            seq: None,
            view: None,
            detail: DetailText::default(),
        };
        ledger.append_signal(SITE, visitor, &signal)?;
        ledger.note_arrival(SITE, visitor, at)?;
    }
    Ok(())
}

const VIEW: SignalType = SignalType::PageView;
const LEFT: SignalType = SignalType::Engagement;
const WROTE: SignalType = SignalType::ChatMessage;

fn visited() -> (knock_store::Scratch, std::sync::Arc<dyn Store>) {
    let (scratch, store) = filled();
    let handed_over = (NOW - Millis(6 * MINUTE)).0;
    let done = store.write(&mut |ledger| {
        let mut own = |number: u8, acts| browses(ledger, number, &[(0, Some(id(number)))], acts);
        own(1, &[(VIEW, 5)])?;
        own(2, &[(VIEW, 5), (LEFT, 4)])?;
        own(3, &[(VIEW, 30), (WROTE, 1)])?;
        own(4, &[(VIEW, 20), (LEFT, 19), (WROTE, 3)])?;
        // The second browser of theirs was left after the last page in the first one.
        browses(ledger, 11, &[(0, Some(id(5)))], &[(VIEW, 9), (VIEW, 8)])?;
        browses(ledger, 12, &[(0, Some(id(5)))], &[(LEFT, 7)])?;
        // A browser changes hands.
        browses(ledger, 13, &[(0, Some(id(6))), (handed_over, Some(id(7)))], &[(VIEW, 10), (LEFT, 5), (VIEW, 2)])?;
        browses(ledger, 14, &[(0, None)], &[(VIEW, 1)])?;
        // Seen before the last half hour.
        own_before(ledger, 8)
    });
    done.expect("it is kept");
    (scratch, store)
}

/// Seen before the last half hour: no query looks at their signals.
fn own_before(ledger: &mut dyn Ledger, number: u8) -> Result<(), StoreError> {
    ledger.save_lead(&knock_ports::Lead { last_seen_at: NOW - Millis(40 * MINUTE), ..lead(number) })?;
    browses(ledger, number, &[(0, Some(id(number)))], &[(VIEW, 40)])
}

fn on_site(store: &dyn Store, now: Millis) -> Vec<OnSite> {
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.leads_on_site(now)?;
        for number in 1..=20 {
            let listed = found.iter().find(|visit| visit.lead == id(number)).map(|visit| visit.until);
            assert_eq!(view.on_site_until(id(number), now)?, listed, "{number}");
        }
        Ok(())
    });
    read.expect("it reads");
    found
}

#[test]
fn leads_with_an_open_page_are_on_the_site_the_last_page_view_first() {
    let (_scratch, store) = visited();
    let visit = |number: u8, ago: i64| OnSite { lead: id(number), until: NOW + Millis((30 - ago) * MINUTE) };
    assert_eq!(on_site(&*store, NOW), [visit(7, 2), visit(1, 5), visit(6, 10), visit(4, 20)]);
    let later = NOW + Millis(20 * MINUTE);
    assert_eq!(on_site(&*store, later), [visit(7, 2), visit(1, 5)]);
    assert_eq!(on_site(&*store, NOW + Millis(29 * MINUTE)), []);
    // As of an instant in the past, later signals do not count: the second lead had not left yet, the third one
    // had seen their page half an hour less ago.
    let before = NOW - Millis(4 * MINUTE) - Millis(1);
    let there = on_site(&*store, before).into_iter().map(|visit| visit.lead).collect::<Vec<_>>();
    assert_eq!(there, [id(1), id(2), id(6), id(3)]);
}

#[test]
fn a_view_can_be_filtered_by_who_is_on_the_site() {
    let (_scratch, store) = visited();
    let here = [7, 1, 6, 4].map(id);
    for view in InboxView::ALL {
        let expected = narrowed(*view, InboxOrder::Urgent, |_, chat| here.contains(&chat.lead));
        let filter = InboxFilter { on_site_at: Some(NOW), ..InboxFilter::default() };
        for limit in [1, 200] {
            let asked = InboxQuery { filter: filter.clone(), limit, ..query(*view) };
            assert_eq!(pages(&*store, asked), expected, "{view:?} by {limit}");
        }
    }
}

#[test]
fn browsers_with_an_open_page_are_on_the_site_whoever_they_are() {
    let (_scratch, store) = visited();
    let here = |number: u8, ago: i64| BrowserOnSite {
        site: SITE,
        visitor: browser(number),
        until: NOW + Millis((30 - ago) * MINUTE),
    };
    let read = store.read(&mut |view| {
        let expected = [here(14, 1), here(13, 2), here(1, 5), here(11, 8), here(4, 20)];
        assert_eq!(view.browsers_on_site(Some(SITE), NOW)?, expected);
        assert_eq!(view.browsers_on_site(Some(SiteId(2)), NOW)?, []);
        let pages = |since: i64, limit| {
            let pages = view.last_pages(SITE, browser(13), NOW - Millis(since * MINUTE), limit)?;
            Ok::<_, StoreError>(pages.iter().map(|page| (NOW - page.at).0 / MINUTE).collect::<Vec<_>>())
        };
        assert_eq!((pages(60, 9)?, pages(60, 1)?, pages(5, 9)?), (vec![2, 10], vec![2], vec![2]));
        let session = SessionId::new(NOW, &[13; 10]);
        assert_eq!(view.session_since(SITE, browser(13), NOW - Millis(60 * MINUTE))?, Some(session));
        assert_eq!(view.session_since(SITE, browser(13), NOW)?, None);
        Ok(())
    });
    read.expect("it reads");
}
