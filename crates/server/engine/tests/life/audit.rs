//! Changes leave an entry in the audit log, in their own transaction; an erased person is in no entry.

use crate::outbox::hook;
use crate::story::{EMAILS, Step, Story, rep};
use knock_engine::Change;
use knock_engine::commands::{
    AssignRule, ChangeRole, DropEndpoint, InviteMember, NoteExport, RemoveMember, SaveEndpoint, SaveRule, SaveSite,
};
use knock_model::{Destination, EventType, LeadId, Millis, RepId, Role, WebhookId};
use knock_ports::{Actor, AuditFilter, Endpoint, LeadFilter, SecretHash, StoredAudit, View};
use serde_json::{Value, json};

const TO: Destination = Destination::webhook(WebhookId::from_bytes([9; 16]));

/// The receipt of every erasure.
pub(crate) const RECEIPT: &str = "receipt-of-an-erasure";

impl Story {
    /// Makes a change with the command line as its actor.
    pub(crate) fn change<C: Change>(&self, change: C) -> C::Outcome {
        self.commit(change.by(Actor::CommandLine, self.now))
    }
}

fn all() -> AuditFilter {
    let (search, action, actor) = (String::new(), String::new(), String::new());
    AuditFilter { search, action, actor, from: Millis(0), to: Millis(i64::MAX) }
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

/// Returns the entries that match a filter, newest first.
fn found(story: &Story, filter: &AuditFilter) -> Vec<StoredAudit> {
    read(story, |view| view.audit(filter, i64::MAX, 100).expect("it is read"))
}

fn newest(story: &Story) -> StoredAudit {
    found(story, &all()).remove(0)
}

/// The number of entries of an action.
pub(crate) fn count(story: &Story, action: &str) -> usize {
    found(story, &AuditFilter { action: action.to_owned(), ..all() }).len()
}

fn actions(entries: &[StoredAudit]) -> Vec<&str> {
    entries.iter().map(|entry| entry.action.as_str()).collect()
}

fn changed(entry: &StoredAudit) -> Value {
    json!([entry.before, entry.after])
}

pub(crate) fn invite(story: &Story, email: &str) -> RepId {
    let fresh = RepId::new([3; 16]);
    let (email, role, link, now) = (email.to_owned(), Role::Rep, "link".into(), story.now);
    let hash = SecretHash([3; 32]);
    story.change(InviteMember { email, role, fresh, link, hash, mail_from: None, now });
    fresh
}

#[test]
fn an_entry_says_who_did_what_with_the_changed_fields_only() {
    let story = Story::begin();
    let member = invite(&story, "bo@us.example");
    let actor = Actor::Member { id: rep(), email: "rep@us.example".into() };
    story.commit(ChangeRole { member, role: Role::Manager }.by(actor, story.now));
    let entry = newest(&story);
    let StoredAudit { at, actor_kind, actor_id, actor_name, action, subject, .. } = &entry;
    assert_eq!((*at, action.as_str()), (story.now, "member.role_changed"));
    let by = (actor_kind.as_str(), actor_id.as_str(), actor_name.as_str());
    assert_eq!(by, ("member", rep().to_string().as_str(), "rep@us.example"));
    assert_eq!((subject.kind.as_str(), subject.name.as_str()), ("member", "bo@us.example"));
    assert_eq!(changed(&entry), json!([{"role": "rep"}, {"role": "manager"}]));
}

#[test]
fn what_changes_nothing_leaves_no_entry() {
    let story = Story::begin();
    let member = invite(&story, "bo@us.example");
    let site = read(&story, |view| view.sites().expect("they are read").remove(0));
    let rule = read(&story, |view| view.rules().expect("they are read").remove(0));
    let before = found(&story, &all());
    story.change(ChangeRole { member, role: Role::Rep });
    story.change(ChangeRole { member: RepId::from_bytes([8; 16]), role: Role::Rep });
    story.change(RemoveMember { member: rep(), successor: None, now: story.now });
    story.change(SaveSite { site });
    story.change(SaveRule { rule, is_new: false, from: None, by: None, now: story.now });
    story.change(AssignRule { slug: "chat".into(), rule: None, now: story.now });
    story.change(DropEndpoint { destination: TO });
    assert_eq!(found(&story, &all()), before);
    assert_eq!(actions(&before), ["member.invited", "workspace.set_up"]);
}

#[test]
fn a_rule_and_a_link_are_kept_as_they_were_and_are() {
    let story = Story::begin();
    let rule = read(&story, |view| view.rules().expect("they are read").remove(0));
    let (id, name) = (rule.id.clone(), rule.name.clone());
    let renamed = knock_routing::Rule { name: "Another".into(), ..rule };
    story.change(SaveRule { rule: renamed, is_new: false, from: None, by: None, now: story.now });
    let entry = newest(&story);
    assert_eq!((entry.action.as_str(), &entry.subject.id), ("rule.changed", &id));
    assert_eq!(changed(&entry), json!([{"name": name, "version": 1}, {"name": "Another", "version": 2}]));
    story.change(AssignRule { slug: "chat".into(), rule: Some(id.clone()), now: story.now });
    assert_eq!(changed(&newest(&story)), json!([{"rule": null}, {"rule": id}]));
}

#[test]
fn an_address_of_a_webhook_is_kept_by_its_host_only() {
    let story = Story::begin();
    let at =
        |url: &str| Endpoint { settings: json!({"url": url}).to_string(), ..hook(TO, &[EventType::ChatStatusChanged]) };
    story.change(SaveEndpoint { endpoint: at("https://a.example/hush?key=hush") });
    let created = newest(&story);
    assert_eq!((created.action.as_str(), created.subject.name.as_str()), ("destination.created", "a.example"));
    assert_eq!(created.subject.id, WebhookId::from_bytes(TO.id).to_string());
    story.change(SaveEndpoint { endpoint: at("https://a.example/hush2") });
    assert_eq!(changed(&newest(&story)), json!([{}, {"settings": "changed"}]));
    story.change(SaveEndpoint { endpoint: at("https://b.example/hush3") });
    assert_eq!(newest(&story).after, *json!({"host": "b.example", "settings": "changed"}).as_object().expect("one"));
    story.change(DropEndpoint { destination: TO });
    assert_eq!(newest(&story).action, "destination.deleted");
    assert!(!format!("{:?}", found(&story, &all())).contains("hush"));
}

#[test]
fn entries_are_found_by_text_action_actor_and_instant() {
    let mut story = Story::begin();
    let begun = story.now;
    story.step(Step::Wait { ms: 1_000, is_fired: false });
    let member = invite(&story, "bo%_@us.example");
    let actor = Actor::Key { id: "k1".into(), name: "Importer".into(), author: None };
    story.commit(RemoveMember { member, successor: None, now: story.now }.by(actor, story.now));
    let entries =
        |filter: AuditFilter| found(&story, &filter).iter().map(|entry| entry.action.clone()).collect::<Vec<_>>();
    let both = ["member.removed", "member.invited"];
    assert_eq!(entries(AuditFilter { search: "%_@US".into(), ..all() }), both);
    assert_eq!(entries(AuditFilter { search: "import".into(), ..all() }), ["member.removed"]);
    assert_eq!(entries(AuditFilter { actor: "k1".into(), ..all() }), ["member.removed"]);
    assert_eq!(entries(AuditFilter { actor: "command_line".into(), ..all() }).len(), 2);
    assert_eq!(entries(AuditFilter { action: "member.invited".into(), ..all() }), ["member.invited"]);
    assert_eq!(entries(AuditFilter { from: story.now, ..all() }), both);
    assert_eq!(entries(AuditFilter { to: story.now, ..all() }), ["workspace.set_up"]);
    assert_eq!(begun + Millis(1_000), story.now);
    let second = read(&story, |view| view.audit(&all(), i64::MAX, 1).expect("read").remove(0).number);
    let rest = read(&story, |view| view.audit(&all(), second, 100).expect("read"));
    assert_eq!(actions(&rest), ["member.invited", "workspace.set_up"]);
}

fn lead(story: &Story) -> LeadId {
    read(story, |view| view.leads(&LeadFilter::named(), None, 10).expect("read").remove(0).id)
}

#[test]
fn an_erased_person_is_in_no_entry_and_the_entries_stay_with_the_receipt() {
    let mut story = Story::begin();
    story.step(Step::Signals { visitor: 0, kind: 3, category: 1, age: 0, email: 0 });
    story.step(Step::Open { visitor: 0 });
    story.write(0, "We need a quote");
    story.step(Step::Act { visitor: 0, action: 0 });
    story.change(NoteExport { lead: lead(&story) });
    let before = found(&story, &all());
    assert_eq!(before.iter().filter(|entry| entry.subject.name == EMAILS[0]).count(), 2, "{before:#?}");
    assert!(story.erase(0).0.is_some());
    let entries = found(&story, &all());
    assert_eq!(actions(&entries)[..2], ["person.erased", "person.exported"]);
    assert_eq!(entries.len(), before.len() + 1);
    assert!(entries[..3].iter().all(|entry| entry.receipt == RECEIPT && entry.subject.name.is_empty()));
    assert_eq!(entries[0].after["conversations"], json!(1));
    assert!(!format!("{entries:?}").contains(EMAILS[0]));
}
