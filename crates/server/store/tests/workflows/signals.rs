//! The signals of a lead as events: by arrival over all browsers, with numbers.

use crate::{ANN, BOB, read, write};
use knock_intent::{Evidence, strength};
use knock_model::{Category, LeadId, Millis, SessionId, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{Detail, NewSignal, Span};
use knock_store::Scratch;

const SITE: SiteId = SiteId(1);

fn visitor(number: u8) -> VisitorId {
    VisitorId::new(Millis(1), &[number; 10])
}

fn signal(number: u8, at: i64, received_at: i64) -> NewSignal {
    NewSignal {
        id: SignalId::new(Millis(at), &[number; 10]),
        session: SessionId::new(Millis(1), &[1; 10]),
        kind: SignalType::PageView,
        at: Millis(at),
        received_at: Millis(received_at),
        clamped: false,
        category: Category::Pricing,
        strength: strength(SignalType::PageView),
        seq: None,
        view: None,
        detail: Detail::default().into(),
    }
}

fn span(number: u8, from_at: i64, lead: Option<LeadId>) -> Span {
    Span { site: SITE, visitor: visitor(number), from_at: Millis(from_at), lead, evidence: Evidence::default() }
}

#[test]
fn signals_of_all_browsers_are_numbered_by_arrival() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        for span in [span(1, 0, Some(ANN)), span(2, 0, None), span(2, 25, Some(ANN)), span(2, 70, Some(BOB))] {
            ledger.save_span(&span)?;
        }
        // A queue of the first browser arrives at once with a signal of the second one.
        for (browser, one) in [
            (1, signal(1, 10, 60)),
            (1, signal(2, 40, 60)),
            (2, signal(3, 30, 60)),
            (2, signal(4, 50, 50)),
            (1, signal(5, 55, 90)),
            (2, signal(6, 20, 60)),
            (2, signal(7, 80, 80)),
        ] {
            ledger.append_signal(SITE, visitor(browser), &one)?;
        }
        Ok(())
    });
    let numbered = |lead, from| -> Vec<(i64, u64)> {
        let signals = read(&store, |view| view.workflow_signals(lead, Millis(from)));
        signals.into_iter().map(|signal| (signal.at.0, signal.number)).collect()
    };
    let ms = 4_096;
    assert_eq!(numbered(ANN, 0), [(50, 50 * ms), (10, 60 * ms), (30, 60 * ms + 1), (40, 60 * ms + 2), (55, 90 * ms)]);
    // Without the oldest one the others keep their numbers.
    assert_eq!(numbered(ANN, 35), [(50, 50 * ms), (40, 60 * ms + 2), (55, 90 * ms)]);
    assert_eq!(numbered(BOB, 0), [(80, 80 * ms)]);
}
