//! The outbox beside a model: while servers claim, fail, die or are slow, no delivery is lost or overtakes another, and
//! no destination of any kind gets more than two at once.

use crate::outbox::hook;
use crate::story::Story;
use knock_engine::commands::{ClaimDeliveries, CompleteAttempt, SaveEndpoint};
use knock_engine::{After, Changes, Command};
use knock_model::{Destination, EffectKind, EventType, LeadId, Millis, WebhookId};
use knock_ports::{DeliveryOutcome, Effect, Ledger, NewDelivery, OutboxEntry, StoreError};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The lifetime of a claim.
const CLAIM: Millis = Millis::MINUTE;

#[derive(Clone, Copy, Debug)]
enum Move {
    /// An event of a person.
    Put { to: u8, lead: u8 },
    /// A server claims due deliveries.
    Claim,
    /// One of the deliveries under way ends.
    End { which: usize, is_well: bool },
    /// A server dies with a delivery under way.
    Die { which: usize },
    /// Time passes.
    Wait { ms: i64 },
    /// The other server gets the requests from now on.
    Turn,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        4 => (0..2u8, 0..4u8).prop_map(|(to, lead)| Move::Put { to, lead }),
        4 => Just(Move::Claim),
        4 => (any::<usize>(), any::<bool>()).prop_map(|(which, is_well)| Move::End { which, is_well }),
        1 => any::<usize>().prop_map(|which| Move::Die { which }),
        2 => prop_oneof![Just(1i64), 1..120_000i64, 1..3_600_000i64].prop_map(|ms| Move::Wait { ms }),
        1 => Just(Move::Turn),
    ];
    proptest::collection::vec(one, 1..80)
}

/// A new delivery.
struct Put(NewDelivery);

impl Command for Put {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        ledger.enqueue(&self.0)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// A webhook, and the SMTP server.
fn destination(number: u8) -> Destination {
    if number == 0 { Destination::MAIL } else { Destination::webhook(WebhookId::new([number; 16])) }
}

/// The model of the outbox without a store.
struct Model {
    story: Story,
    put: usize,
    /// The deliveries of each person to each destination, in order.
    lanes: BTreeMap<(Destination, u8), Vec<String>>,
    /// The delivered ones, in order.
    arrived: BTreeMap<(Destination, u8), Vec<String>>,
    /// Deliveries under way, with the end of their claim; the server that claimed them may be dead.
    under_way: BTreeMap<i64, (OutboxEntry, Millis, bool)>,
}

impl Model {
    fn begin() -> Model {
        let story = Story::begin();
        for number in 0..2 {
            assert!(
                story.change(SaveEndpoint { endpoint: hook(destination(number), &[EventType::ChatStatusChanged]) })
            );
        }
        let (lanes, arrived, under_way) = Default::default();
        Model { story, put: 0, lanes, arrived, under_way }
    }

    fn put(&mut self, number: u8, lead: u8) {
        self.put += 1;
        let (at, data) = (self.story.now, format!("[{lead},{}]", self.put));
        self.lanes.entry((destination(number), lead)).or_default().push(data.clone());
        let lead = LeadId::new([lead; 16]);
        let effect = Effect { kind: EffectKind::new("test"), data, at };
        let (to, ordering_key) = (destination(number), *lead.as_bytes());
        self.story.commit(Put(NewDelivery { to, effect, lead: Some(lead), ordering_key, stored_at: at }));
    }

    fn claim(&mut self) -> usize {
        let now = self.story.now;
        let claimed = self.story.commit(ClaimDeliveries { now, limit: 10, running: Vec::new() });
        for delivery in claimed.iter().map(|delivery| &delivery.entry) {
            if let Some((_, until, _)) = self.under_way.get(&delivery.number) {
                assert!(*until <= now, "it is somebody else's");
            }
            self.under_way.insert(delivery.number, (delivery.clone(), now + CLAIM, true));
        }
        self.judge();
        claimed.len()
    }

    /// Checks that a person has at most one delivery under way, a destination at most two, and each in its turn.
    fn judge(&self) {
        let mut lanes = BTreeSet::new();
        for (delivery, ..) in self.under_way.values() {
            let lane = lane(delivery);
            assert!(lanes.insert(lane), "{lane:?}");
            let arrived = self.arrived.get(&lane).map_or(0, Vec::len);
            assert_eq!(self.lanes[&lane][arrived], delivery.effect.data, "{lane:?}");
        }
        for number in 0..2 {
            let at_once = self.under_way.values().filter(|(delivery, ..)| delivery.to == destination(number)).count();
            assert!(at_once <= 2, "{at_once}");
        }
    }

    fn end(&mut self, which: usize, is_well: bool) {
        let alive: Vec<i64> =
            self.under_way.iter().filter(|(_, (.., lives))| *lives).map(|(number, _)| *number).collect();
        if alive.is_empty() {
            return;
        }
        let Some((delivery, ..)) = self.under_way.remove(&alive[which % alive.len()]) else { return };
        let outcome =
            if is_well { DeliveryOutcome::Done(String::new()) } else { DeliveryOutcome::Retry(String::new(), None) };
        if is_well {
            self.arrived.entry(lane(&delivery)).or_default().push(delivery.effect.data.clone());
        }
        // Stored anew, so that a day of failures does not park it.
        let entry = OutboxEntry { stored_at: self.story.now, ..delivery };
        let (wait, now) = (Millis(5_000), self.story.now);
        assert!(self.story.commit(CompleteAttempt { entry, outcome, wait, now }).is_some());
    }

    fn die(&mut self, which: usize) {
        let count = self.under_way.len().max(1);
        if let Some((.., lives)) = self.under_way.values_mut().nth(which % count) {
            *lives = false;
        }
    }

    fn make(&mut self, step: Move) {
        match step {
            Move::Put { to, lead } => self.put(to, lead),
            Move::Claim => drop(self.claim()),
            Move::End { which, is_well } => self.end(which, is_well),
            Move::Die { which } => self.die(which),
            Move::Wait { ms } => self.story.now = self.story.now + Millis(ms),
            Move::Turn => self.story.turn(),
        }
    }

    /// From now on all attempts succeed.
    fn finish(&mut self) {
        for _ in 0..4 * self.put + 4 {
            self.claim();
            (0..self.under_way.len()).for_each(|_| self.end(0, true));
            self.story.now = self.story.now + CLAIM;
        }
    }
}

fn lane(delivery: &OutboxEntry) -> (Destination, u8) {
    let said: Vec<u64> = serde_json::from_str(&delivery.effect.data).expect("JSON");
    (delivery.to, u8::try_from(said[0]).expect("a lead"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn everything_arrives_in_order(moves in moves()) {
        let mut model = Model::begin();
        moves.into_iter().for_each(|step| model.make(step));
        model.finish();
        prop_assert_eq!(model.lanes, model.arrived);
    }
}
