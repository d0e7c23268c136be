//! Fairness of a pool on one and on two servers: every available member gets one turn per round.

use crate::story::{START, Story, rep};
use futures_util::future::join_all;
use knock_engine::availability::state;
use knock_engine::commands::{AppendSignals, FreshIds, SaveRule, SetAvailabilityState};
use knock_engine::{After, Change, Changes, Command, Writer};
use knock_intent::strength;
use knock_model::{
    AccountId, AvailabilityState, Category, LeadId, MemberState, Millis, RepId, Role, SessionId, SignalId, SignalType,
    SiteId, VisitorId,
};
use knock_ports::{Actor, Decided, Detail, Ledger, Member, NewSignal, Store, StoreError};
use knock_routing::{Ask, ChatTarget, Funnel, LeadFields, Plan, Rep, Rule, Rules, Team, decide};
use knock_store::Scratch;
use std::collections::BTreeSet;
use std::thread::JoinHandle;

/// Changes of the available members.
const PHASES: u64 = 25;
const POOL: u8 = 7;

/// Returns a member of the pool; the first is the admin.
fn member(number: u8) -> RepId {
    if number == 0 { rep() } else { RepId::new([100 + number; 16]) }
}

/// Whether a member is away in a phase: none in the first, then others each time, up to all but one.
fn is_away(phase: u64, number: u8) -> bool {
    let away = (phase * 5) % u64::from(POOL);
    (u64::from(number) + phase * 3) % u64::from(POOL) < away
}

/// Returns a batch with a form and its address.
pub(crate) fn form(number: u64, now: Millis) -> AppendSignals {
    let random = |salt: u8| {
        let mut random = [salt; 10];
        random[2..].copy_from_slice(&number.to_be_bytes());
        random
    };
    let signal = |salt, kind, detail: Detail| NewSignal {
        id: SignalId::new(now, &random(salt)),
        session: SessionId::new(now, &random(3)),
        kind,
        at: now,
        received_at: now,
        clamped: false,
        category: Category::ALL[0],
        strength: strength(kind),
        seq: None,
        view: None,
        detail: detail.into(),
    };
    let said = Detail { email: format!("lead{number}@gmail.com"), ..Detail::default() };
    let signals = vec![signal(1, SignalType::FormSubmit, Detail::default()), signal(2, SignalType::Identify, said)];
    let mut bytes = [0; 16];
    bytes[..10].copy_from_slice(&random(4));
    let fresh = vec![FreshIds { lead: LeadId::new(bytes), account: AccountId::new(bytes) }];
    AppendSignals { site: SiteId(1), visitor: VisitorId::new(now, &random(5)), received_at: now, signals, fresh }
}

/// Assigns a lead to the pool by the stored rules, members and turns, like the first message of a chat.
#[derive(Clone, Copy)]
struct Give {
    lead: u64,
    at: Millis,
}

impl Command for Give {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        let seen = |member: &Member| Rep {
            id: member.id.to_string(),
            state: state(&member.availability, None, self.at),
            ..Rep::default()
        };
        let reps = ledger.members()?.iter().map(seen).collect();
        let (rules, fields) = (ledger.rules()?, LeadFields::default());
        let team = Team { reps, turns: ledger.turns()?, free_at_slot: None };
        let (funnel, now) = (Funnel::Chat, Some(self.at));
        let ask = Ask { funnel, link: None, lead: &fields, team: &team, sticky: None, needs_human: false, now };
        let decision = decide(Rules(&rules), &ask).expect("a default rule");
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&self.lead.to_be_bytes());
        let (id, lead, link) = (SignalId::from_bytes(bytes), LeadId::from_bytes(bytes), String::new());
        ledger.append_decision(&Decided { id, lead, at: self.at, link, fields, decision })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// A second server on the database, if the database allows one.
struct Other {
    writer: Option<Writer>,
    thread: Option<JoinHandle<()>>,
    _scratch: Scratch,
}

impl Other {
    fn start(story: &Story) -> Option<Other> {
        let scratch = story.scratch.beside()?;
        let (writer, thread) = Writer::start(scratch.store()).expect("it starts");
        Some(Other { writer: Some(writer), thread: Some(thread), _scratch: scratch })
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        drop(self.writer.take());
        drop(self.thread.take().map(JoinHandle::join));
    }
}

/// A workspace whose chats and forms go to a pool of seven.
pub(crate) fn pool() -> Story {
    let mut story = Story::begin();
    story.while_stopped(|store, _| {
        let saved = store.write(&mut |ledger| {
            (1..POOL).try_for_each(|number| {
                let (id, email) = (member(number), format!("rep{number}@us.example"));
                ledger.create_member(&Member::new(id, email, Role::Rep, MemberState::Active), START)
            })
        });
        saved.expect("they are saved");
    });
    let reps = (0..POOL).map(|number| member(number).to_string()).collect();
    let plan = Plan::Chat { segments: Vec::new(), fallback: ChatTarget::Pool(reps) };
    let rule = Rule { plan, ..Rule::standard(Funnel::Chat, "") };
    story.change(SaveRule { rule, is_new: false, from: None, by: None, now: START });
    story
}

fn decisions(store: &dyn Store) -> Vec<Decided> {
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.decisions_since(Funnel::Chat, Millis(0), u32::MAX)?;
        Ok(())
    });
    read.expect("it is read");
    found.sort_by_key(|decided| decided.decision.turn.as_ref().map(|turn| turn.number));
    found
}

fn at(phase: u64) -> Millis {
    START + Millis(1 + i64::try_from(phase).expect("small") * 60_000)
}

/// Assigns this number of leads in each phase, by all servers in turn, and checks their reps.
fn share<C: Command>(each: u64, command: impl Fn(u64, Millis) -> C) {
    let story = pool();
    let other = Other::start(&story);
    let writers: Vec<&Writer> =
        story.writer.iter().chain(other.iter().filter_map(|other| other.writer.as_ref())).collect();
    let state = |away| if away { AvailabilityState::Away } else { AvailabilityState::Active };
    for phase in 0..PHASES {
        // Each change is made on another server than the previous one.
        for (number, writer) in (0..POOL).zip(writers.iter().cycle()) {
            let (member, state, now) = (member(number), state(is_away(phase, number)), at(phase));
            let change = SetAvailabilityState { member, state, now };
            story.runtime.block_on(writer.commit(change.by(Actor::Server, at(phase)))).expect("stored");
        }
        let leads = (phase * each..(phase + 1) * each).zip(writers.iter().cycle());
        let given = leads.map(|(lead, writer)| writer.commit(command(lead, at(phase))));
        assert!(story.runtime.block_on(join_all(given)).iter().all(Result::is_ok));
    }
    check(&decisions(story.store()), each);
}

/// Checks that each turn is used once, and that in a phase every available member comes once in every round.
fn check(decided: &[Decided], each: u64) {
    let turn = |decided: &Decided| decided.decision.turn.clone().expect("a turn");
    assert!(decided.iter().map(|decided| turn(decided).number).eq(1..=PHASES * each));
    for phase in 0..PHASES {
        let of_phase = decided.iter().filter(|decided| decided.at == at(phase));
        let given: Vec<String> = of_phase.map(|decided| turn(decided).rep).collect();
        let at_work = (0..POOL).filter(|number| !is_away(phase, *number));
        let at_work: BTreeSet<String> = at_work.map(|number| member(number).to_string()).collect();
        assert_eq!(given.len() as u64, each, "phase {phase}");
        for window in given.windows(at_work.len()) {
            assert_eq!(window.iter().cloned().collect::<BTreeSet<_>>(), at_work, "phase {phase}");
        }
    }
}

#[test]
fn leads_are_shared_fairly_while_members_leave_and_return() {
    // Two servers take several times as long as one; a phase still has more than ten rounds of the pool.
    let leads = if Scratch::new().is_postgres() { 2_000 } else { 10_000 };
    share(leads / PHASES, |lead, at| Give { lead, at });
}

#[test]
fn leads_who_send_forms_are_shared_as_fairly() {
    share(20, form);
}
