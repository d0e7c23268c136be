//! A long conversation: with the AI agent, with two reps, taken for spam and rejected by mistake.

use knock_model::{Millis, SignalId};
use knock_status::chat::{Assignee, Event, Rejecter, derive};
use knock_status::{Fact, Source};
use std::hint::black_box;

const START: Millis = Millis(1_780_315_200_000);
const EVENTS: usize = 100;
const ANN: &str = "0b9d6bcb-1fa9-4a4e-9f3a-3f3a2d9a6a10";
const BOB: &str = "7c2f9a54-6f0b-4d0d-8f0e-1f6f0f8f9b21";

pub(crate) struct Chat {
    facts: Vec<Fact<SignalId, Event>>,
    now: Millis,
}

impl Chat {
    pub(crate) fn new() -> Chat {
        let mut at = START;
        let facts: Vec<_> = (0..EVENTS)
            .map(|place| {
                // Mostly minutes, now and then a night, so that every timer falls due somewhere.
                at = at + Millis(Millis::MINUTE.0 * if place % 9 == 8 { 900 } else { 3 });
                fact(place, at)
            })
            .collect();
        let now = at + Millis::days(1);
        let derived = derive(&facts, now);
        assert!(derived.timeline.len() > 20, "{:?}", derived.timeline);
        Chat { facts, now }
    }

    pub(crate) fn derive(&self) {
        black_box(derive(black_box(&self.facts), self.now));
    }
}

fn fact(place: usize, at: Millis) -> Fact<SignalId, Event> {
    let what = event(place);
    let is_lead = matches!(what, Event::LinkClicked | Event::ChatActivity | Event::LeadMessage { .. });
    Fact {
        id: SignalId::new(at, &(place as u128).to_be_bytes()[6..].try_into().expect("ten bytes")),
        at,
        received_at: at + Millis(200),
        source: if is_lead { Source::Client } else { Source::Server },
        what,
    }
}

fn event(place: usize) -> Event {
    match place {
        0 => Event::LinkClicked,
        40 => Event::SpamDetected,
        43 => Event::SpamReversed,
        70 => Event::Rejected { by: Rejecter::Rep, reason: Some("no budget".into()), member: None },
        74 => Event::RejectionReversed,
        20 => Event::Assigned(Assignee::Rep(ANN.into())),
        60 => Event::Assigned(Assignee::Rep(BOB.into())),
        99 => Event::DealOpened,
        _ => match place % 5 {
            0 => Event::ChatActivity,
            1 | 3 => Event::LeadMessage { is_spam: false },
            _ if place < 25 => Event::AiMessage,
            _ => Event::RepMessage { rep: if place < 60 { ANN } else { BOB }.into() },
        },
    }
}
