//! Transcripts: a conversation as a file and by mail, without what only the team reads.

use super::{REP, Team};
use crate::chat::open_as;
use crate::mail;
use crate::support::id;
use knock_testing::MailServer;
use serde_json::{Value, json};

const ANN: &str = "ann@first.example";

/// A conversation with an answer and a note.
fn talk(team: &Team) {
    assert_eq!(team.chat.write(&team.knock, 1, &format!("Was kostet der große Plan? Ich bin {ANN}")).code, 201);
    let note = json!({"id": id(team.knock.now(), 2), "text": "Between us: the quince discount"});
    assert_eq!(team.post(&team.rep, "notes", &note).code, 201);
    let reply = json!({"id": id(team.knock.now(), 3), "text": "490 € im Monat."});
    assert_eq!(team.post(&team.rep, "messages", &reply).code, 201);
}

fn path(team: &Team) -> String {
    format!("/api/v1/conversations/{}/transcript", team.chat.id)
}

/// The entries of the audit log about transcripts, newest first: the action, and who was mailed.
fn entries(team: &Team) -> Vec<(Value, Value)> {
    let page = team.admin.get(&team.knock, "/api/v1/audit");
    let entries = page.body["entries"].as_array().expect("a list").clone();
    let is_one = |entry: &&Value| entry["action"].as_str().is_some_and(|action| action.starts_with("transcript."));
    entries.iter().filter(is_one).map(|entry| (entry["action"].clone(), entry["after"]["to"].clone())).collect()
}

#[test]
fn a_transcript_is_a_file_with_each_message_and_without_notes() {
    let team = Team::start();
    talk(&team);
    let file = team.rep.get(&team.knock, &path(&team));
    let text = file.body.as_str().expect("a text");
    assert_eq!(file.code, 200, "{text}");
    assert!(text.starts_with(&format!("Conversation with {ANN} (Tareline)\n")), "{text}");
    assert!(text.contains(&format!("  {ANN}\nWas kostet der große Plan?")), "{text}");
    assert!(text.contains("  Bo\n490 € im Monat.\n") && text.contains("  AI agent\n"), "{text}");
    assert!(!text.contains("quince"), "{text}");
    assert_eq!(team.knock.get(&path(&team), &team.key).body, file.body, "a program gets it too");
    assert_eq!(entries(&team), [(json!("transcript.saved"), Value::Null), (json!("transcript.saved"), Value::Null)]);
    let unknown = format!("/api/v1/conversations/{}/transcript", "00000000-0000-4000-8000-000000000000");
    assert_eq!(team.rep.get(&team.knock, &unknown).code, 404);
}

#[test]
fn it_is_mailed_to_the_lead_in_their_language_and_to_the_member() {
    let server = MailServer::start();
    let team = Team::by(mail::start(&server));
    talk(&team);
    let sent = team.post(&team.rep, "transcript", &json!({"to": "lead"}));
    assert_eq!((sent.code, &sent.body), (202, &json!({"to": ANN})), "{}", sent.body);
    let mail = &server.until_to(ANN, 1)[0];
    assert_eq!(mail.header("Subject"), "Ihr Gespräch mit Tareline");
    assert_eq!(mail.header("Reply-To"), format!("Bo <{REP}>"));
    let text = mail.part("text/plain");
    assert!(text.contains("  Sie\nWas kostet der große Plan?") && text.contains("  Bo\n490 €"), "{text}");
    assert!(!text.contains("quince") && !mail.part("text/html").contains("quince"), "{text}");
    assert_eq!(team.post(&team.rep, "transcript", &json!({"to": "me"})).body, json!({"to": REP}));
    // The first one to the member was the invitation to the team.
    let own = &server.until_to(REP, 2)[1];
    assert_eq!(own.header("Subject"), format!("Transcript: {ANN}"));
    assert!(own.part("text/plain").contains("  Bo\n490 €"), "{}", own.part("text/plain"));
    let mailed = |to: &str| (json!("transcript.mailed"), json!(to));
    assert_eq!(entries(&team), [mailed("member"), mailed("lead")]);
    assert!(team.knock.command(&["erase", "--person", ANN]).status.success());
    let page = team.knock.get("/api/v1/mail", &team.key).body.to_string();
    assert!(!page.contains("große Plan"), "the mails of an erased person are erased: {page}");
}

#[test]
fn who_cannot_be_mailed_is_refused_with_the_reason() {
    let server = MailServer::start();
    let team = Team::by(mail::start(&server));
    let refusal = |path: &str, to: &str| {
        let reply = team.rep.ask(&team.knock, "POST", path, &json!({"to": to}));
        (reply.code, reply.body["errors"][0]["pointer"].clone())
    };
    assert_eq!(team.chat.write(&team.knock, 1, "What does it cost?").code, 201);
    assert_eq!(refusal(&path(&team), "lead"), (409, json!("/to")), "no address");
    let known = open_as(&team.knock, &team.knock.site(), 2);
    assert_eq!(known.write(&team.knock, 2, &format!("I am {ANN}")).code, 201);
    let of_known = format!("/api/v1/conversations/{}/transcript", known.id);
    assert_eq!(known.act(&team.knock, &team.key, &json!("mark_spam")), 204);
    assert_eq!(refusal(&of_known, "lead"), (409, json!("/to")), "spam");
    let by_key = team.knock.ask("POST", &path(&team), &team.key, &json!({"to": "me"}));
    assert_eq!(by_key.code, 403, "a program has no mailbox");
    assert_eq!(team.rep.ask(&team.knock, "POST", &path(&team), &json!({"to": "all"})).code, 400);
    let without = Team::start();
    assert_eq!(without.post(&without.rep, "transcript", &json!({"to": "me"})).code, 409, "mail is not set up");
    assert_eq!(entries(&team), []);
}
