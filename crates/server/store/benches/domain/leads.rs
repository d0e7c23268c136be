//! Some thousand leads in a store, read one after another.

use knock_intent::{History, Weighed, strength};
use knock_model::{Category, Email, Label, LeadId, Millis, SignalId, SignalType};
use knock_ports::{FirstTouch, Lead, Store};
use knock_store::SqliteStore;
use std::hint::black_box;
use tempfile::TempDir;

pub(crate) const COUNT: usize = 5_000;

const START: Millis = Millis(1_780_315_200_000);
const SIGNALS: usize = 30;
/// Without a common divisor with the count: every lead has its turn, none beside the one before.
const STRIDE: usize = 1_999;

pub(crate) struct Leads {
    _dir: TempDir,
    store: SqliteStore,
    place: usize,
}

impl Leads {
    pub(crate) fn stored() -> Leads {
        let dir = TempDir::new().expect("a directory");
        let store = SqliteStore::open(&dir.path().join("knock.db")).expect("it opens");
        store
            .write(&mut |ledger| (0..COUNT).try_for_each(|number| ledger.save_lead(&lead(number))))
            .expect("they are stored");
        Leads { _dir: dir, store, place: 0 }
    }

    pub(crate) fn read_next(&mut self) {
        self.place = (self.place + STRIDE) % COUNT;
        let id = id(self.place);
        let mut found = None;
        self.store
            .read(&mut |view| {
                found = view.lead(id)?;
                Ok(())
            })
            .expect("it reads");
        assert!(black_box(found).is_some_and(|lead| lead.id == id));
    }
}

fn id(number: usize) -> LeadId {
    let mixed = (number as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    LeadId::new(mixed.to_be_bytes())
}

/// A lead with signals in half of the categories over some weeks.
fn lead(number: usize) -> Lead {
    let mut history = History::default();
    let mut at = START;
    let signals: Vec<Weighed> = (0..SIGNALS)
        .map(|place| {
            at = at + Millis(Millis::MINUTE.0 * (1 + (number * 7 + place * place * 131) as i64 % 4_000));
            Weighed {
                id: SignalId::new(at, &[7; 10]),
                at,
                category: Category::ALL[(number + place * place) % Category::ALL.len()],
                strength: strength(SignalType::ALL[place % SignalType::ALL.len()]),
            }
        })
        .collect();
    history.add(&signals, &mut Vec::new());
    Lead {
        id: id(number),
        email: Email::parse(&format!("ann.lee{number}@example.com")).ok(),
        is_spam: false,
        name: format!("Ann Lee {number}").into(),
        phone: None,
        company: Label::default(),
        account: None,
        first_touch: FirstTouch::default(),
        history,
        signals: SIGNALS as i64,
        first_seen_at: START,
        last_seen_at: at,
    }
}
