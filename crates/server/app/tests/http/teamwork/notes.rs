//! Internal notes: visible to the team only.

use super::{REP, Team};
use crate::chat::open_as;
use crate::mail;
use crate::support::id;
use knock_testing::{Answer, MailServer, Receiver};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};

const NOTED: &str = "Between us: offer them the quince discount";

impl Team {
    fn note(&self, n: u64, text: &str) -> (u16, Value) {
        let reply = self.post(&self.rep, "notes", &json!({"id": id(self.knock.now(), n), "text": text}));
        (reply.code, reply.body)
    }

    fn notes(&self) -> Vec<Value> {
        self.record()["notes"].as_array().cloned().unwrap_or_default()
    }
}

#[test]
fn a_note_is_stored_once_under_its_id_with_who_wrote_it() {
    let team = Team::start();
    let body = json!({"id": id(team.knock.now(), 1), "text": NOTED});
    let [first, again] = [(); 2].map(|()| team.post(&team.rep, "notes", &body));
    assert_eq!((first.code, again.code, &first.body), (201, 200, &again.body));
    assert_eq!(team.notes(), std::slice::from_ref(&first.body));
    let shown = (&first.body["author"], &first.body["name"], &first.body["text"]);
    assert_eq!(shown, (&json!("note"), &json!("Bo"), &json!(NOTED)));
    assert_eq!(first.body["id"], body["id"]);

    let other = open_as(&team.knock, &team.knock.site(), 2);
    let path = format!("/api/v1/conversations/{}/notes", other.id);
    let elsewhere = team.rep.ask(&team.knock, "POST", &path, &body);
    assert_eq!((elsewhere.code, &elsewhere.body["errors"][0]["pointer"]), (422, &json!("/id")));
    assert_eq!(team.knock.ask("POST", &path, &team.key, &body).code, 403, "an API key is no member who could write");
    for (wrong, pointer) in
        [(json!({"id": "1", "text": "x"}), "/id"), (json!({"id": body["id"], "text": " "}), "/text")]
    {
        let reply = team.post(&team.rep, "notes", &wrong);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)));
    }
}

#[test]
fn a_note_is_no_reply() {
    let team = Team::start();
    assert_eq!(team.chat.write(&team.knock, 1, "We need a quote for 200 people").code, 201);
    let before = team.record()["conversation"].clone();
    assert_eq!(team.note(2, NOTED).0, 201);
    let after = team.record()["conversation"].clone();
    assert_eq!((&after["state"], &after["last"]), (&before["state"], &before["last"]));
    team.knock.advance(200_000);
    assert_eq!(team.chat.status(&team.knock, &team.key), "Rep Reply Needed", "the lead is still waiting");
    assert_eq!(team.notes().len(), 1);
}

/// A chat's event stream, as lines.
fn events(team: &Team) -> impl Iterator<Item = String> + use<> {
    let address = team.knock.url.trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(address).expect("it opens");
    let (path, token) = (team.chat.path(), team.chat.token());
    let head = format!(
        "GET {path}/live HTTP/1.1\r\nhost: {address}\r\naccept: text/event-stream\r\nauthorization: {token}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("sent");
    BufReader::new(stream).lines().map_while(Result::ok)
}

#[test]
fn a_note_reaches_the_lead_by_no_way() {
    let (mails, receiver) = (MailServer::start(), Receiver::start(|_, _| Answer::Code(204)));
    let team = Team::by(mail::start_with(&mails, &[("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8")]));
    let knock = &team.knock;
    let events_of_hooks: Vec<&str> = knock_model::EventType::ALL.iter().map(|event| event.as_str()).collect();
    let hook = json!({"url": receiver.url("/"), "events": events_of_hooks, "is_active": true});
    assert_eq!(knock.ask("POST", "/api/v1/webhooks", &team.key, &hook).code, 201);
    assert_eq!(team.chat.write(knock, 1, "What does it cost? I am ann@first.example").code, 201);
    let (mut socket, stream) = (team.chat.live(knock, 0), events(&team));
    assert_eq!(team.note(2, NOTED).0, 201);
    let last = "It is $490 a month.";
    assert_eq!(team.chat.rep_writes(knock, 3, last), 201);

    // The message after the note has arrived on each channel, so the note would have arrived too.
    let mut of_socket = Vec::new();
    while !of_socket.iter().any(|heard: &Value| heard["text"] == last) {
        of_socket.push(socket.hear());
    }
    let mut of_stream = Vec::new();
    for line in stream {
        of_stream.push(line);
        if of_stream.iter().any(|line| line.contains(last)) {
            break;
        }
    }
    drop(socket);
    mail::advance(knock, mail::PATIENCE + 1);
    let mailed = mails.until(1);
    let delivered = receiver.until(|heard| heard.iter().any(|heard| heard.text.contains(last)));
    let page = knock.send("GET", "/l/chat", &[], None).body.to_string();
    let ways = [
        ("messages", json!(team.chat.messages(knock, 0)).to_string()),
        ("socket", json!(of_socket).to_string()),
        ("stream", of_stream.join("\n")),
        ("mail", mailed.iter().map(|mail| mail.0.to_string()).collect()),
        ("webhooks", delivered.iter().map(|heard| heard.text.clone()).collect()),
        ("hosted page", page),
    ];
    for (way, said) in ways {
        assert!(!said.is_empty() && !said.contains("quince"), "{way}: {said}");
    }
    assert_eq!(team.notes().len(), 1, "the team has it");
    let written = team.notes()[0]["name"].clone();
    assert_eq!(written, json!("Bo"), "of {REP}");
}
