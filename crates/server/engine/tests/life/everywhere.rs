//! A person with a row in every table with data of persons: an export contains all of them, an erasure leaves none.

mod booking;
mod export_member;
mod invitation;
mod mails;
mod marks;
mod rating;
mod workflows;

use crate::outbox::hook;
use crate::story::{EMAILS, Step, Story, rep, visitor};
use booking::book;
use export_member::member;
use invitation::invite;
use knock_engine::Presenter;
use knock_engine::commands::{
    AppendSignals, CatchUp, ContactsMerged, KeepEnrichment, MergeContacts, NoteExport, SaveEndpoint,
    SaveEnrichmentProvider, StopMail,
};
use knock_model::{
    Category, ContactField, CustomFieldSource, Destination, Email, EventType, FileId, LeadId, Millis, NoteId, RepId,
    SignalId, WebhookId,
};
use knock_ports::{
    Batch, CrmKnown, CrmLeadRecord, CrmLogged, CustomValue, Enriched, Enrichment, EnrichmentProvider, Files,
    InternalNote, SlackAbout, SlackPost, StoredFile, TeamAuthor, View,
};
use knock_routing::{CrmSystem, Field, LeadFields};
use knock_store::{CATALOGUE, Erase, FileDirectory, Kind, Scratch, Table};
use mails::mail;
use marks::{ASKED, remind, suggest, tag};
use rating::rate;
use serde_json::Value;
use sha2::{Digest, Sha256};
use workflows::{NUDGED, enrol};

const ANN: usize = 0;
const WROTE: &str = "We need a quote for 7731 xylophones";
const WROTE_ELSEWHERE: &str = "And marmalade, at what price?";
const NOTED: &str = "Call them about the xylophones on Thursday";
const PLAYS: &str = "The contrabass sarrusophone";
const CALLED: &str = "+49 30 7731773";
const TITLED: &str = "Xylophones for the brass band";
const TITLE: &str = "Head of Brass";
const COMPANY: &str = "Trombone Works";
const BUDGET: &str = "Is the zither in the budget?";
const ORDERED: &str = "Forty jars, to 12 Quince Lane";

/// The known identity of a person.
struct Known {
    story: Story,
    lead: LeadId,
    /// The person's lead in another browser before their address was given there.
    merged: LeadId,
}

/// Two months of Ann: a known browser, an anonymous chat in another one, expired signals.
fn known() -> Known {
    let mut story = Story::begin();
    let endpoint = hook(Destination::webhook(WebhookId::from_bytes([9; 16])), EventType::ALL);
    assert!(story.change(SaveEndpoint { endpoint }));
    let category = Category::Pricing.index();
    let signals = |visitor, kind| Step::Signals { visitor, kind, category, age: 0, email: ANN };
    story.step(signals(0, 3));
    story.step(Step::Wait { ms: Millis::days(60).0, is_fired: true });
    assert!(story.expire_signals(story.now - Millis::days(31)) > 0);
    story.step(signals(0, 1));
    number(&story);
    story.step(Step::Open { visitor: 0 });
    story.write(0, WROTE);
    story.step(Step::Answer { visitor: 0 });
    note(&mut story);
    invite(&mut story);
    story.step(Step::Open { visitor: 1 });
    story.write(1, WROTE_ELSEWHERE);
    let nameless = |view: &dyn View| view.conversation(story.conversations[&1]).expect("it is read");
    let merged = read(&story, |view| nameless(view).expect("it is there").lead);
    store_file(&mut story, merged);
    story.step(Step::Wait { ms: 1, is_fired: true });
    story.step(signals(1, 3));
    let address = Email::parse(EMAILS[ANN]).expect("an address");
    let lead = read(&story, |view| view.lead_by_email(&address).expect("it is read").expect("known").id);
    assert_ne!(lead, merged);
    story.commit(StopMail { lead, now: story.now });
    let lead = book(&mut story, lead);
    note_wait(&mut story, lead);
    note_custom(&mut story, lead);
    story.mend_lead(lead, ContactField::Phone, CALLED);
    mail(&mut story, lead);
    rate(&mut story);
    tag(&story, lead);
    remind(&story, lead);
    suggest(&mut story, lead);
    enrol(&mut story, lead);
    merge(&mut story, lead);
    enrich(&story, address);
    sync(&mut story, lead);
    post(&mut story);
    // Members' actions in both chats, and an export: entries of the audit log about Ann.
    story.step(Step::Act { visitor: 1, action: 0 });
    story.change(NoteExport { lead });
    Known { story, lead, merged }
}

/// Merges a contact of another browser into Ann's, as a member does.
fn merge(story: &mut Story, stays: LeadId) {
    story.step(Step::Signals { visitor: 3, kind: 3, category: 0, age: 0, email: 2 });
    let address = Email::parse(EMAILS[2]).expect("an address");
    let goes = read(story, |view| view.lead_by_email(&address).expect("it is read").expect("known").id);
    let (id, fresh, now) = (story.signal_id(), story.fresh().account, story.now);
    let merged = story.change(MergeContacts { stays, goes, id, member: Some(rep()), now, fresh });
    assert_eq!(merged, ContactsMerged::Merged(stays));
}

/// Records that a member was notified of a waiting lead, like the clock worker.
fn note_wait(story: &mut Story, lead: LeadId) {
    let (since, member) = (story.now, RepId::new([8; 16]));
    story.while_stopped(|store, _| {
        store.write(&mut |ledger| ledger.note_wait_told(lead, member, since)).expect("it is kept");
    });
}

/// Stores the value of a custom field of Ann, from the API.
fn note_custom(story: &mut Story, lead: LeadId) {
    let (name, value) = ("instrument".to_owned(), Some(knock_routing::Value::text(PLAYS)));
    let (id, source, at) = (SignalId::new(story.now, &[4; 10]), CustomFieldSource::Api, story.now);
    story.while_stopped(|store, _| {
        let value = CustomValue { id, name: name.clone(), lead, value: value.clone(), source, at };
        store.write(&mut |ledger| ledger.append_custom_value(&value)).expect("it is kept");
    });
}

/// Stores the enrichment of Ann and of her company.
fn enrich(story: &Story, email: Email) {
    let fields = [("person.title", TITLE), ("company.name", COMPANY)].map(|(name, text)| {
        let mut fields = LeadFields::default();
        fields.set(&Field::parse(name).expect("a field"), knock_routing::Value::text(text));
        Some(Enriched { fields, source: "Acme".into(), at: story.now })
    });
    let [person, company] = fields;
    let provider = EnrichmentProvider {
        name: "Acme".into(),
        url: "https://api.acme.example/?email={email}".into(),
        header: String::new(),
        secret: String::new(),
        fields: Vec::new(),
        keep_days: 30,
        is_on: true,
    };
    story.change(SaveEnrichmentProvider { provider });
    story.commit(KeepEnrichment { email, said: Enrichment { company, person, ..Enrichment::default() } });
}

/// Stores Ann as a contact in a CRM, with one write.
fn sync(story: &mut Story, lead: LeadId) {
    let (system, at) = (CrmSystem::Hubspot, story.now);
    let contact = Some("512".to_owned());
    let record = CrmLeadRecord { account: "146".into(), contact: contact.clone(), ..CrmLeadRecord::default() };
    let known = CrmKnown { fields: LeadFields::default(), contact, has_open_deal: true, has_won_deal: false, at };
    let properties = vec![("knock_chat_status".to_owned(), None)];
    let write = CrmLogged { at, cause: "chat_status".into(), cause_at: at, company: None, properties };
    story.while_stopped(|store, _| {
        let kept = store.write(&mut |ledger| {
            ledger.save_crm_record(system, lead, &record)?;
            ledger.append_crm_write(system, [9; 16], lead, &write)?;
            ledger.save_crm_known(system, lead, &known)
        });
        kept.expect("it is kept");
    });
}

/// Stores the Slack posts of the first chat.
fn post(story: &mut Story) {
    let (conversation, tried_at) = (story.conversations[&0], story.now);
    let (key, channel) = ("card:1".to_owned(), "C0MONITOR".to_owned());
    let about = SlackAbout::Chat(conversation);
    let post = SlackPost { key, about, channel, ts: "1.000001".into(), said: "hash".into(), tried_at };
    story.while_stopped(|store, _| {
        store.write(&mut |ledger| ledger.save_slack_post(&post)).expect("it is kept");
    });
}

/// A member's internal note in the first chat, which names a colleague.
fn note(story: &mut Story) {
    let (id, at) = (NoteId::new(story.now, &[3; 10]), story.now);
    let (conversation, author, text) = (story.conversations[&0], TeamAuthor::Member(rep()), NOTED.to_owned());
    let note = InternalNote { id, conversation, author, text, at, mentions: vec![RepId::new([9; 16])] };
    story.while_stopped(|store, _| {
        store.write(&mut |ledger| ledger.append_note(&note).map(drop)).expect("it is kept");
    });
}

/// Sends the same signals again, numbered as in a session.
fn number(story: &Story) {
    let last = story.sent.last().expect("some were sent");
    let signals = last.signals.iter().zip(1u8..).map(|(signal, number)| {
        let id = SignalId::new(signal.at, &[number; 10]);
        knock_ports::NewSignal { id, seq: Some(number.into()), ..signal.clone() }
    });
    story.commit(AppendSignals { signals: signals.collect(), ..last.clone() });
}

/// Defers a batch of Ann's browser, as a server does that dies in a burst; `look` runs before the replay.
fn defer(story: &mut Story, look: impl FnOnce(&Scratch)) {
    let last = story.sent[0].clone();
    let id = SignalId::new(story.now, &[7; 10]);
    let signal = knock_ports::NewSignal { id, at: story.now, received_at: story.now, ..last.signals[1].clone() };
    story.while_stopped(|store, scratch| {
        let kept = store.write(&mut |ledger| {
            ledger
                .defer(Batch { site: last.site, visitor: visitor(0), signals: std::slice::from_ref(&signal) })
                .map(drop)
        });
        kept.expect("it is kept");
        look(scratch);
    });
}

/// Stores a file of the second chat. Its content is outside the tables.
fn store_file(story: &mut Story, lead: LeadId) {
    let (conversation, now) = (Some(story.conversations[&1]), story.now);
    let id = FileId::new(now, &[1; 10]);
    let (name, media_type) = ("order.txt".to_owned(), "text/plain".to_owned());
    let (bytes, sha256) = (ORDERED.len() as u64, Sha256::digest(ORDERED).into());
    let file = StoredFile { id, lead, conversation, name, media_type, bytes, sha256, stored_at: now };
    contents(story).put(id, ORDERED.as_bytes()).expect("it is put");
    story.while_stopped(|store, _| {
        store.write(&mut |ledger| ledger.append_file(&file)).expect("it is kept");
    });
}

fn contents(story: &Story) -> FileDirectory {
    FileDirectory::at(story.scratch.dir().join("files"))
}

fn read<T>(story: &Story, work: impl Fn(&dyn View) -> T) -> T {
    let mut found = None;
    let read = story.store().read(&mut |view| {
        found = Some(work(view));
        Ok(())
    });
    read.expect("it reads");
    found.expect("it was read")
}

/// The tables of this database.
fn here(scratch: &Scratch) -> impl Iterator<Item = &'static Table> {
    let is_postgres = scratch.is_postgres();
    CATALOGUE.iter().filter(move |table| is_postgres || !table.is_only_in_postgres)
}

/// The number of the lead's rows in a table; none for a table without data of persons.
fn rows(scratch: &Scratch, table: &Table, lead: LeadId) -> Option<usize> {
    let theirs = table.of_lead()?.replace("?1", &scratch.bytes(lead.as_bytes()));
    Some(scratch.select(&format!("SELECT 1 FROM {} WHERE {theirs}", table.name)).len())
}

/// Returns all rows of a table with all columns, as one text.
fn text(scratch: &Scratch, table: &Table) -> String {
    let rows = format!("SELECT CAST(r AS TEXT) FROM {} r", table.name);
    if scratch.is_postgres() { scratch.select(&rows).join("\n") } else { scratch.rows(table.name).join("\n") }
}

/// Returns an id in its forms in texts: with hyphens in JSON, as bytes in a row, without hyphens in a row of
/// PostgreSQL.
fn forms(id: LeadId) -> [String; 3] {
    let bytes = format!("{:?}", id.as_bytes());
    [id.to_string(), bytes.trim_matches(['[', ']']).to_owned(), id.to_string().replace('-', "")]
}

fn is_empty(member: &Value) -> bool {
    match member {
        Value::Null => true,
        Value::Bool(_) => false,
        Value::Number(number) => number.as_u64() == Some(0),
        Value::String(text) => text.is_empty(),
        Value::Array(members) => members.is_empty(),
        Value::Object(members) => members.is_empty(),
    }
}

#[test]
fn an_export_has_what_every_table_holds_of_a_person() {
    let Known { mut story, lead, .. } = known();
    defer(&mut story, |_| {});
    story.commit(CatchUp { visitor: visitor(0) });
    let document = read(&story, |view| {
        let lead = view.lead(lead).expect("it is read").expect("it is there");
        Presenter::new(view, story.now)
            .and_then(|presenter| presenter.export(&lead, &contents(&story)))
            .expect("it is read")
    });
    for table in CATALOGUE.iter().filter(|table| !matches!(table.kind, Kind::Derived | Kind::Credential)) {
        if table.of_lead().is_some() {
            let member = member(table.name);
            assert!(!is_empty(document.pointer(member).unwrap_or(&Value::Null)), "{member} of {document:#}");
        }
    }
    let text = document.to_string();
    assert!(
        [WROTE, WROTE_ELSEWHERE, NOTED, BUDGET, ASKED, EMAILS[ANN]].iter().all(|said| text.contains(said)),
        "{text}"
    );
}

#[test]
fn an_erasure_leaves_nothing_of_a_person_in_any_row_or_file() {
    let Known { mut story, lead, merged } = known();
    defer(&mut story, |scratch| {
        for table in here(scratch) {
            assert_ne!(rows(scratch, table, lead), Some(0), "let {} hold something of Ann", table.name);
        }
    });
    let erased = story.erase(ANN).0.expect("known");
    assert_eq!((erased.browsers, erased.conversations), (3, 2));
    assert_eq!(erased.files, contents(&story).ids().expect("they are listed"));
    erased.files.into_iter().for_each(|id| contents(&story).remove(id).expect("it is removed"));
    story.store().scrub().expect("it is written anew");
    let said = [
        EMAILS[ANN],
        "first.example",
        WROTE,
        WROTE_ELSEWHERE,
        NOTED,
        ORDERED,
        TITLED,
        PLAYS,
        CALLED,
        TITLE,
        COMPANY,
        BUDGET,
        ASKED,
        NUDGED,
        "order.txt",
    ];
    for table in here(&story.scratch) {
        let rows = text(&story.scratch, table);
        let ids = [lead, merged].map(forms).into_iter().flatten().filter(|_| table.erase != Erase::Expire);
        for said in said.into_iter().map(str::to_owned).chain(ids) {
            assert!(!rows.contains(&said), "{said} in {}: {rows}", table.name);
        }
    }
    let ids = [lead, merged].map(|id| *id.as_bytes());
    let here = [story.scratch.dir().to_owned(), story.scratch.dir().join("files")];
    let entries = here.iter().flat_map(|dir| std::fs::read_dir(dir).expect("it is there"));
    for file in entries.map(|entry| entry.expect("one").path()).filter(|path| path.is_file()) {
        let bytes = std::fs::read(file).expect("it is read");
        let texts = said.iter().map(|said| said.as_bytes());
        for needle in texts.chain(ids.iter().map(|id| &id[..])) {
            assert!(!bytes.windows(needle.len()).any(|window| window == needle), "{needle:?}");
        }
    }
}
