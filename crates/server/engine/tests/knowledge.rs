//! Sources of knowledge: one server reads a source at a time, a reading is stored as a whole, and failures are retried.

use knock_engine::commands::{
    AddAnswer, AddSource, AddWording, ChangeAnswer, ClaimSources, CompleteReading, DismissWording, DropSource,
    ExtendClaim, READ_EVERY, ReadAgain, ReadAgainOutcome, RemoveSite, ReturnClaims, SourceAdded, WordingAdded,
};
use knock_engine::{Change, Command, Writer};
use knock_model::{AnswerId, IdentifyPolicy, LeadId, Millis, SiteId, SourceId, SourceKind, SourceState};
use knock_ports::{
    Actor, AuditFilter, KnowledgeSource, KnownAnswer, Passage, Site, SourceReading, Store, StoreError, StoredAudit,
    View,
};
use knock_store::Scratch;
use std::sync::Arc;

const NOW: Millis = Millis(1_780_315_200_000);
const MINUTE: Millis = Millis(60_000);
/// The site of a new scratch database.
const SITE: SiteId = SiteId(1);

struct Scene {
    store: Arc<dyn Store>,
    writer: Writer,
    runtime: tokio::runtime::Runtime,
    _scratch: Scratch,
}

impl Scene {
    fn start() -> Scene {
        let scratch = Scratch::new();
        let store = scratch.store();
        store.write(&mut |ledger| ledger.create_site(&site(), NOW).map(drop)).expect("a site");
        let (writer, _thread) = Writer::start(Arc::clone(&store)).expect("it starts");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Scene { store, writer, runtime, _scratch: scratch }
    }

    fn commit<C: Command>(&self, command: C) -> C::Outcome {
        self.runtime.block_on(self.writer.commit(command)).expect("it is stored")
    }

    fn change<C: Change>(&self, change: C) -> C::Outcome {
        self.commit(change.by(Actor::Server, NOW))
    }

    fn add(&self, number: i64) -> KnowledgeSource {
        match self.change(AddSource { source: source(number) }) {
            SourceAdded::Added(source) => source,
            refused => panic!("{refused:?}"),
        }
    }

    fn claim(&self, now: Millis) -> Vec<KnowledgeSource> {
        self.commit(ClaimSources { now, limit: 10 })
    }

    fn complete(&self, claimed: &KnowledgeSource, outcome: Result<SourceReading, String>, now: Millis) -> bool {
        self.commit(CompleteReading { id: claimed.id, claim: claimed.claim, outcome, now })
    }

    fn read<T>(&self, query: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
        let mut found = None;
        let read = self.store.read(&mut |view| {
            found = Some(query(view)?);
            Ok(())
        });
        read.expect("it is read");
        found.expect("it was found")
    }

    fn source(&self, id: SourceId) -> KnowledgeSource {
        self.read(|view| view.source(id)).expect("it is there")
    }

    fn texts(&self) -> Vec<String> {
        let passages = self.read(|view| view.site_passages(SITE));
        passages.into_iter().map(|stored| stored.passage.text).collect()
    }

    fn version(&self) -> i64 {
        self.read(|view| view.knowledge_version(SITE))
    }
}

fn site() -> Site {
    Site {
        id: SiteId(0),
        key: "key".into(),
        name: "Shop".into(),
        origins: Vec::new(),
        base: String::new(),
        demo: false,
        categories: Vec::new(),
        identify: IdentifyPolicy::Open,
        identify_round: 1,
        removed_at: None,
    }
}

fn source(number: i64) -> KnowledgeSource {
    KnowledgeSource {
        id: SourceId::new(NOW + Millis(number), &[0; 10]),
        site: SITE,
        kind: SourceKind::Page,
        name: format!("https://shop.example/{number}"),
        content_type: String::new(),
        bytes: 0,
        state: SourceState::Waiting,
        passages: 0,
        last_read_at: None,
        due_at: Some(NOW),
        error: String::new(),
        failures: 0,
        claim: 0,
        created_at: NOW,
    }
}

fn reading(texts: &[&str]) -> SourceReading {
    let passage = |text: &&str| Passage {
        title: "Title".into(),
        heading: "Heading".into(),
        url: "https://shop.example/".into(),
        language: None,
        text: (*text).into(),
    };
    SourceReading { passages: texts.iter().map(passage).collect(), left_out: String::new() }
}

#[test]
fn passages_and_state_change_together_and_only_then_the_version_rises() {
    let scene = Scene::start();
    let added = scene.add(1);
    assert_eq!((scene.version(), added.state), (0, SourceState::Waiting));
    let claimed = scene.claim(NOW);
    assert_eq!((claimed.len(), claimed[0].state, scene.version()), (1, SourceState::Reading, 0));
    assert!(scene.claim(NOW).is_empty(), "it is being read");
    assert!(scene.complete(&claimed[0], Ok(reading(&["one", "two"])), NOW));
    let ready = scene.source(added.id);
    assert_eq!((ready.state, ready.passages, ready.due_at), (SourceState::Ready, 2, Some(NOW + READ_EVERY)));
    assert_eq!((scene.texts(), scene.version()), (vec!["one".into(), "two".into()], 1));
    assert!(!scene.complete(&claimed[0], Ok(reading(&["late"])), NOW), "its claim has ended");
    let again = scene.claim(NOW + READ_EVERY);
    assert!(scene.complete(&again[0], Ok(reading(&["three"])), NOW + READ_EVERY));
    assert_eq!((scene.texts(), scene.version()), (vec!["three".into()], 2));
    assert!(scene.change(DropSource { id: added.id }));
    assert_eq!((scene.texts(), scene.version()), (Vec::<String>::new(), 3));
}

#[test]
fn a_failure_keeps_the_passages_and_waits_longer_each_time() {
    let scene = Scene::start();
    let id = scene.add(1).id;
    let first = scene.claim(NOW);
    assert!(scene.complete(&first[0], Ok(reading(&["one"])), NOW));
    let mut now = NOW + READ_EVERY;
    for minutes in [5, 10, 20, 40] {
        let claimed = scene.claim(now);
        assert!(scene.complete(&claimed[0], Err("The server answered 503".into()), now));
        let failed = scene.source(id);
        assert_eq!((failed.state, failed.error.as_str()), (SourceState::Failed, "The server answered 503"));
        assert_eq!((failed.last_read_at, failed.passages), (Some(NOW), 1));
        assert_eq!(failed.due_at, Some(now + Millis(minutes * MINUTE.0)));
        now = now + Millis(minutes * MINUTE.0);
    }
    assert_eq!((scene.texts(), scene.version()), (vec!["one".into()], 1));
    let claimed = scene.claim(now);
    assert!(scene.complete(&claimed[0], Ok(reading(&["two"])), now));
    let ready = scene.source(id);
    assert_eq!((ready.failures, ready.error.as_str()), (0, ""));
}

#[test]
fn a_claim_is_held_as_long_as_it_is_extended_and_lost_after_two_minutes() {
    let scene = Scene::start();
    let id = scene.add(1).id;
    let dead = scene.claim(NOW).remove(0);
    let extend = |claimed: &KnowledgeSource, now| scene.commit(ExtendClaim { id, claim: claimed.claim, now });
    assert!(extend(&dead, NOW + MINUTE));
    assert!(scene.claim(NOW + MINUTE + MINUTE).is_empty(), "it was extended");
    let lost = NOW + Millis(3 * MINUTE.0);
    assert!(scene.claim(lost).is_empty(), "its reading may be what ended the server");
    assert!(!extend(&dead, lost));
    assert!(!scene.complete(&dead, Ok(reading(&["dead"])), lost));
    let again = lost + Millis(5 * MINUTE.0);
    let other = scene.claim(again).remove(0);
    assert!(scene.complete(&other, Ok(reading(&["other"])), again));
    assert_eq!((scene.texts(), scene.source(id).failures), (vec!["other".into()], 0));
}

#[test]
fn what_a_stopped_server_gives_back_is_read_at_once_and_is_no_failure() {
    let scene = Scene::start();
    let id = scene.add(1).id;
    let failed = scene.claim(NOW).remove(0);
    assert!(scene.complete(&failed, Err("The server answered 503".into()), NOW));
    let now = NOW + Millis(5 * MINUTE.0);
    let stopped = scene.claim(now).remove(0);
    assert_eq!(stopped.failures, 2);
    scene.commit(ReturnClaims { claims: vec![(id, failed.claim), (id, stopped.claim)], now });
    let waiting = scene.source(id);
    assert_eq!((waiting.state, waiting.failures, waiting.due_at), (SourceState::Waiting, 1, Some(now)));
    assert!(!scene.complete(&stopped, Ok(reading(&["late"])), now), "its claim has ended");
    let again = scene.claim(now).remove(0);
    assert!(scene.complete(&again, Ok(reading(&["one"])), now));
    assert_eq!((scene.texts(), scene.source(id).failures), (vec!["one".into()], 0));
}

#[test]
fn a_source_whose_readings_end_the_server_is_read_ever_less_often() {
    let scene = Scene::start();
    let id = scene.add(1).id;
    let mut now = NOW;
    for minutes in [5, 10, 20, 40, 80, 160, 320, 640, 720, 720] {
        assert_eq!(scene.claim(now).len(), 1, "{minutes}");
        // The server ends, and starts again when the claim is over.
        now = now + Millis(2 * MINUTE.0);
        assert!(scene.claim(now).is_empty(), "{minutes}");
        let failed = scene.source(id);
        assert_eq!((failed.state, failed.due_at), (SourceState::Failed, Some(now + Millis(minutes * MINUTE.0))));
        assert!(failed.error.contains("server"), "{}", failed.error);
        now = now + Millis(minutes * MINUTE.0);
    }
    let claimed = scene.claim(now);
    assert!(scene.complete(&claimed[0], Ok(reading(&["one"])), now));
    assert_eq!((scene.source(id).failures, scene.source(id).error.as_str()), (0, ""));
}

#[test]
fn a_source_can_be_read_before_its_time_and_after_the_clock_was_set_back() {
    let scene = Scene::start();
    let id = scene.add(1).id;
    let claimed = scene.claim(NOW);
    assert!(scene.complete(&claimed[0], Ok(reading(&["one"])), NOW));
    assert!(scene.claim(NOW + MINUTE).is_empty());
    assert!(matches!(scene.change(ReadAgain { id, now: NOW + MINUTE }), ReadAgainOutcome::Due(_)));
    let again = scene.claim(NOW + MINUTE);
    assert!(scene.complete(&again[0], Ok(reading(&["two"])), NOW + MINUTE));
    assert_eq!(scene.claim(NOW - Millis::days(30)).len(), 1, "no wait is as long");
}

#[test]
fn a_removed_site_has_no_knowledge_and_gets_none() {
    let scene = Scene::start();
    scene.add(1);
    let claimed = scene.claim(NOW);
    assert!(scene.change(RemoveSite { site: SITE, now: NOW }));
    assert!(!scene.complete(&claimed[0], Ok(reading(&["late"])), NOW));
    assert_eq!((scene.texts(), scene.read(|view| view.sources(SITE))), (Vec::new(), Vec::new()));
    assert_eq!(scene.change(AddSource { source: source(2) }), SourceAdded::Unknown);
}

/// A scene with a question for which leads used these wordings.
fn suggesting(wordings: &[&str]) -> (Scene, AnswerId) {
    let scene = Scene::start();
    let answer = KnownAnswer {
        id: AnswerId::new(NOW, &[0; 10]),
        site: SITE,
        question: "Do you ship to Norway?".into(),
        wordings: Vec::new(),
        answer: "Yes.".into(),
        updated_at: NOW,
    };
    let id = answer.id;
    scene.change(AddAnswer { answer });
    let suggest = scene.store.write(&mut |ledger| {
        let lead = LeadId::from_bytes([1; 16]);
        wordings.iter().try_for_each(|text| ledger.suggest_wording(id, text, lead, NOW))
    });
    suggest.expect("they are kept");
    (scene, id)
}

impl Scene {
    fn suggested(&self) -> Vec<String> {
        let suggested = self.read(|view| view.suggested_wordings(SITE));
        suggested.into_iter().map(|wording| wording.text).collect()
    }

    fn add_wording(&self, id: AnswerId, suggested: &str) -> WordingAdded {
        self.change(AddWording { id, wording: suggested.trim().into(), suggested: suggested.into(), now: NOW })
    }

    /// The audit log, the oldest entry first.
    fn log(&self) -> Vec<StoredAudit> {
        let (search, action, actor) = Default::default();
        let filter = AuditFilter { search, action, actor, from: Millis(0), to: NOW + NOW };
        let mut log = self.read(|view| view.audit(&filter, i64::MAX, 20));
        log.reverse();
        log
    }

    /// The actions of the audit log, the oldest first.
    fn actions(&self) -> Vec<String> {
        self.log().into_iter().map(|entry| entry.action).collect()
    }
}

#[test]
fn an_accepted_wording_is_one_of_the_question_and_suggested_no_more() {
    let (scene, id) = suggesting(&["Bergen?", "Fjord?", "Oslo? "]);
    let before = scene.version();
    assert!(matches!(scene.add_wording(id, "Oslo? "), WordingAdded::Added(known) if known.wordings == ["Oslo?"]));
    assert_eq!((scene.suggested(), scene.version()), (vec!["Bergen?".into(), "Fjord?".into()], before + 1));
    assert!(matches!(scene.add_wording(id, "oslo?"), WordingAdded::Added(known) if known.wordings == ["Oslo?"]));
    assert_eq!(scene.version(), before + 1, "it was known");
    let wordings = Some(vec!["Fjord?".to_owned()]);
    scene.change(ChangeAnswer { id, question: None, wordings, answer: None, now: NOW });
    assert_eq!(scene.suggested(), ["Bergen?"], "the form accepts one too");
    assert_eq!(scene.actions(), ["answer.created", "answer.changed", "answer.changed"]);
}

#[test]
fn a_dismissed_wording_changes_no_answer_and_leaves_an_entry_without_the_words() {
    let (scene, id) = suggesting(&["Oslo?"]);
    let before = scene.version();
    let dismiss = |text: &str| scene.change(DismissWording { id, text: text.into() });
    assert!(!dismiss("Bergen?"));
    assert!(dismiss("Oslo?") && !dismiss("Oslo?"));
    assert_eq!((scene.suggested(), scene.version()), (Vec::new(), before));
    assert_eq!(scene.actions(), ["answer.created", "wording.dismissed"]);
    let entry = format!("{:?}", scene.log().pop());
    assert!(entry.contains("Do you ship to Norway?") && !entry.contains("Oslo"), "{entry}");
}
