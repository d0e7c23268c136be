//! Whether a session has a form or an address close to an instant, which makes them one.

use knock_model::{Category, IdentifyPolicy, Millis, SessionId, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{Detail, DetailText, FORM_AND_ADDRESS, NewSignal, Site};
use knock_store::Scratch;

const NOW: Millis = Millis(1_795_000_000_000);

fn session(number: u8) -> SessionId {
    SessionId::new(NOW, &[number; 10])
}

fn form() -> NewSignal {
    NewSignal {
        id: SignalId::new(NOW, &[3; 10]),
        session: session(1),
        kind: SignalType::FormSubmit,
        at: NOW,
        received_at: NOW,
        clamped: false,
        category: Category::Home,
        strength: 8.0,
        seq: None,
        view: None,
        detail: DetailText::from(Detail::default()),
    }
}

fn shop() -> Site {
    Site {
        id: SiteId(0),
        name: "shop".into(),
        key: "shop".into(),
        origins: vec!["https://shop.test".into()],
        base: String::new(),
        demo: false,
        categories: Vec::new(),
        identify: IdentifyPolicy::Open,
        identify_round: 1,
        removed_at: None,
    }
}

#[test]
fn a_form_is_beside_what_its_session_does_within_five_seconds() {
    let (scratch, visitor) = (Scratch::new(), VisitorId::new(NOW, &[1; 10]));
    let (store, mut site) = (scratch.store(), SiteId(0));
    let written = store.write(&mut |ledger| {
        site = ledger.create_site(&shop(), NOW)?;
        ledger.append_signal(site, visitor, &form()).map(drop)
    });
    written.expect("it is kept");
    let (near, past) = (FORM_AND_ADDRESS, FORM_AND_ADDRESS + Millis(1));
    let form = SignalType::FormSubmit;
    let table = [
        (1, form, NOW - near, true),
        (1, form, NOW, true),
        (1, form, NOW + near, true),
        (1, form, NOW - past, false),
        (1, form, NOW + past, false),
        (1, SignalType::Identify, NOW, false),
        (2, form, NOW, false),
    ];
    for (of, kind, at, expected) in table {
        let mut found = None;
        let read = store.read(&mut |view| {
            found = Some(view.is_beside((site, visitor), session(of), kind, at)?);
            Ok(())
        });
        read.expect("it is read");
        assert_eq!(found, Some(expected), "{of} {kind:?} {}", (at - NOW).0);
    }
}
