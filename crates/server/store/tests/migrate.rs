//! A file of an earlier version opens with all that it held.

use knock_agent::{Language, Step};
use knock_model::{CalendarProvider, Category, IdentifyPolicy, IntentType, LeadId, Millis, RepId, SiteId};
use knock_ports::{AuditFilter, EVER, Gaps, Store, TimelineScope};
use knock_routing::{AgentKind, Assignee, ChatTarget, Funnel, Plan, Reason};
use knock_store::SqliteStore;
use rusqlite::Connection;

const REP: &str = "0198a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b";

/// A workspace as the second migration left it: two rules, two decisions, a type.
fn second(path: &std::path::Path) {
    let old = Connection::open(path).expect("opens");
    for step in
        [include_str!("../migrations/sqlite/0001_start.sql"), include_str!("../migrations/sqlite/0002_chat.sql")]
    {
        old.execute_batch(step).expect("the step runs");
    }
    let rep = REP.replace('-', "");
    let assigned = format!(
        r#"{{"rule":"Default Routing Rule","version":1,"segment":"Fallback Segment","assignee":{{"rep":"{REP}"}},"reason":"fallback"}}"#
    );
    let sticky =
        r#"{"rule":"Default Routing Rule","version":1,"segment":"","assignee":"ai_agent","reason":"last_resort_ai"}"#;
    let rows = format!(
        "PRAGMA user_version = 2;
         INSERT INTO rules VALUES ('chat', 1, 'Default Routing Rule', x'{rep}', 5), ('meeting', 1, 'Default Routing Rule', x'{rep}', 5);
         INSERT INTO links VALUES ('chat', 'Chat with us', 'chat', 'Link', 5);
         INSERT INTO chats VALUES (zeroblob(16), 'Rep Discovery', 0, 2, 9);
         INSERT INTO chat_facts VALUES (1, zeroblob(16), randomblob(16), 7, 7, 'server', '\"link_clicked\"', NULL),
             (2, zeroblob(16), randomblob(16), 8, 8, 'server', '\"ai_message\"', '{assigned}'),
             (3, zeroblob(16), randomblob(16), 9, 9, 'server', '\"ai_message\"', '{sticky}');"
    );
    old.execute_batch(&rows).expect("the rows fit");
}

#[test]
fn rules_links_decisions_and_types_come_along() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("knock.db");
    second(&path);
    let store = SqliteStore::open(&path).expect("opens and migrates");
    let lead = LeadId::from_bytes([0; 16]);
    store
        .read(&mut |view| {
            let rules = view.rules()?;
            let funnels: Vec<_> = rules.iter().map(|rule| (rule.id.as_str(), rule.funnel(), rule.is_default)).collect();
            assert_eq!(funnels, [("default_chat", Funnel::Chat, true), ("default_meeting", Funnel::Meeting, true)]);
            let Plan::Chat { fallback, .. } = &rules[0].plan else { panic!("a chat rule") };
            assert_eq!(fallback, &ChatTarget::Rep(REP.into()));
            let slugs: Vec<_> = view.links()?.into_iter().map(|link| link.slug).collect();
            assert_eq!(slugs, ["Website", "chat", "meeting"]);
            let decisions = view.decisions_of(lead)?;
            let reasons: Vec<_> = decisions.iter().map(|decided| decided.decision.reason).collect();
            assert_eq!(reasons, [Reason::Fallback, Reason::LastResortAi]);
            assert_eq!(decisions[0].decision.assignee, Some(Assignee::Rep { id: REP.into() }));
            assert_eq!(view.type_decisions(lead)?[0].kind, IntentType::Support);
            assert_eq!(view.chat_facts(lead)?.len(), 3);
            Ok(())
        })
        .expect("reads");
}

/// A workspace as the third migration left it: a site, and a session whose third signal did not come.
fn third(path: &std::path::Path) {
    let old = Connection::open(path).expect("opens");
    let steps = [
        include_str!("../migrations/sqlite/0001_start.sql"),
        include_str!("../migrations/sqlite/0002_chat.sql"),
        include_str!("../migrations/sqlite/0003_routing.sql"),
    ];
    for step in steps {
        old.execute_batch(step).expect("the step runs");
    }
    old.execute_batch(
        "PRAGMA user_version = 3;
         INSERT INTO sites VALUES (1, 'k1', 'Shop', 'https://shop.example', '', 0, 5, '[]');",
    )
    .expect("the rows fit");
    for (id, seq) in [(1, "1"), (2, "2"), (3, "4"), (4, "4"), (5, "NULL"), (6, "0")] {
        let signal = format!(
            "INSERT INTO signals VALUES (1, x'019e6f6e1c0070008000000000000001', x'019e6f6e1c007000800000000000001{id}',
                 x'019e6f6e1c0070008000000000000002', NULL, 0, 5, 5, 0, 0, 0, {seq}, '{{}}')"
        );
        old.execute_batch(&signal).expect("the signal fits");
    }
}

#[test]
fn an_old_site_takes_everybodys_word_and_its_sessions_have_their_gaps() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("knock.db");
    third(&path);
    let store = SqliteStore::open(&path).expect("opens and migrates");
    store
        .read(&mut |view| {
            let sites = view.sites()?;
            assert_eq!((sites[0].identify, sites[0].identify_round), (IdentifyPolicy::Open, 1));
            assert_eq!(view.gaps(Millis(0))?, [Gaps { site: SiteId(1), numbered: 4, missing: 1 }]);
            assert_eq!(view.timeline(TimelineScope::All, None, EVER, 10)?.len(), 6);
            assert_eq!(view.last_signal_at(SiteId(1))?, Some(Millis(5)));
            Ok(())
        })
        .expect("reads");
}

/// A workspace as the eleventh migration left it, with a batch that waits.
fn eleventh(path: &std::path::Path, batch: &str) {
    let old = after(path, 11);
    old.execute("INSERT INTO backlog VALUES (7, 1, zeroblob(16), 1, ?1)", [batch]).expect("the row fits");
}

/// A database as the first steps left it.
fn after(path: &std::path::Path, count: usize) -> Connection {
    let old = Connection::open(path).expect("opens");
    let steps = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite")).expect("they are there");
    let mut steps: Vec<_> = steps.map(|step| step.expect("a file").path()).collect();
    steps.sort();
    for step in steps.iter().take(count) {
        old.execute_batch(&std::fs::read_to_string(step).expect("text")).expect("the step runs");
    }
    old.execute_batch(&format!("PRAGMA user_version = {count}")).expect("it is set");
    old
}

#[test]
fn a_batch_that_waited_is_still_what_it_was() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("knock.db");
    let batch = r#"[{"id":"019e8b31-6700-7101-8101-010101010101","session":"019e8b31-6700-7101-8101-010101010101",
        "kind":"page_view","at":5,"received_at":6,"clamped":false,"category":"Pricing","strength":1.0,"seq":1,
        "view":null,"detail":{"url":"https://shop.example/pricing","title":"Größe"}}]"#;
    eleventh(&path, batch);
    let store = SqliteStore::open(&path).expect("opens and migrates");
    let mut taken = None;
    store
        .write(&mut |ledger| {
            taken = ledger.take_deferred(7)?;
            assert_eq!(ledger.take_deferred(7)?, None);
            Ok(())
        })
        .expect("it is read");
    let taken = taken.expect("it is there");
    assert_eq!((taken.site, taken.signals.len()), (SiteId(1), 1));
    let signal = &taken.signals[0];
    assert_eq!((signal.at, signal.received_at, signal.category), (Millis(5), Millis(6), Category::Pricing));
    assert_eq!(signal.detail.read().title, "Größe");
}

#[test]
fn an_erasure_of_before_is_an_entry_of_the_audit_log() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("knock.db");
    let old = after(&path, 20);
    let detail = "browsers 1, signals 12, conversations 0, messages 0, files 0, elsewhere 2";
    old.execute("INSERT INTO audit (at, action, detail) VALUES (7, 'person_erased', ?1)", [detail]).expect("it fits");
    drop(old);
    let store = SqliteStore::open(&path).expect("opens and migrates");
    let (search, action, actor) = (String::new(), String::new(), String::new());
    let filter = AuditFilter { search, action, actor, from: Millis(0), to: Millis(i64::MAX) };
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.audit(&filter, i64::MAX, 10)?;
        Ok(())
    });
    read.expect("read");
    let [entry] = &found[..] else { panic!("one entry: {found:?}") };
    assert_eq!(
        (entry.at, entry.action.as_str(), entry.actor_kind.as_str()),
        (Millis(7), "person.erased", "command_line")
    );
    assert_eq!((&entry.after["signals"], &entry.after["elsewhere"]), (&12.into(), &2.into()));
}

#[test]
fn the_calendar_of_a_member_becomes_their_first_account() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("knock.db");
    let old = after(&path, 53);
    let details = r#"{"provider":"caldav","url":"https://cal.example/","user":"ann","secret":"sealed",
        "found":[{"id":"https://cal.example/work/","name":"Work"}],"reads":["https://cal.example/work/"],
        "events_in":"","written":["https://cal.example/work/"]}"#;
    let insert = "INSERT INTO calendars VALUES (?1, ?2, 'no answer', 7)";
    let rep = RepId::parse(REP).expect("an id");
    old.execute(insert, (rep.as_bytes(), details)).expect("it fits");
    drop(old);
    let store = SqliteStore::open(&path).expect("opens and migrates");
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.calendars_of(rep)?;
        Ok(())
    });
    read.expect("read");
    let [account] = &found[..] else { panic!("one account: {found:?}") };
    assert_eq!(account.id.as_bytes(), rep.as_bytes(), "its deliveries and its sealed password have the member's id");
    let details = &account.details;
    let credentials = [("url", "https://cal.example/"), ("user", "ann")];
    let credentials = credentials.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!((details.provider, &details.account), (CalendarProvider::Caldav, &credentials.into()));
    assert_eq!((&*details.secret, &*account.problem, account.problem_at), ("sealed", "no answer", Some(Millis(7))));
    assert_eq!((&details.reads, &details.written, &*details.events_in), (&details.written, &details.reads, ""));
}

#[test]
fn playbooks_of_before_are_for_all_sites() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("knock.db");
    let old = after(&path, 68);
    let insert = "INSERT INTO playbooks VALUES ('support', 'en', 1, 5, 'null'), ('support', 'en', 2, 7, '{\"human\":[\"Hi.\"]}')";
    old.execute(insert, ()).expect("they fit");
    drop(old);
    let store = SqliteStore::open(&path).expect("opens and migrates");
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.playbook_versions(None, AgentKind::Support, Language::En)?;
        assert_eq!(view.playbooks(SiteId(1))?.texts(AgentKind::Support, Language::En, Step::Human), ["Hi."]);
        Ok(())
    });
    read.expect("read");
    let versions: Vec<_> =
        found.iter().map(|one| (one.site, one.version, one.saved_at, one.playbook.is_some())).collect();
    assert_eq!(versions, [(None, 2, Millis(7), true), (None, 1, Millis(5), false)]);
}
