//! Members whom a note names: listed for them until they look, and notified.

use super::presence::{Feed, feed};
use super::{REP, Team};
use crate::mail;
use crate::members::Browser;
use crate::support::id;
use knock_model::Role;
use knock_testing::MailServer;
use serde_json::{Value, json};
use tungstenite::Message;

const SETTINGS: &str = "/api/v1/notifications";
const MENTIONS: &str = "/api/v1/conversations?view=mentions";

impl Team {
    /// The admin writes a note that names these members.
    fn mentions(&self, n: u64, members: &[String]) -> (u16, Value) {
        let body = json!({"id": id(self.knock.now(), n), "text": "@Bo can you call them?", "mentions": members});
        let reply = self.post(&self.admin, "notes", &body);
        (reply.code, reply.body)
    }

    /// The chats that the view lists for a member, and its count in all views.
    fn mentioned(&self, by: &Browser) -> (usize, Value) {
        let page = by.get(&self.knock, MENTIONS).body;
        (page["conversations"].as_array().expect("a list").len(), page["counts"]["mentions"].clone())
    }
}

#[test]
fn a_mention_is_listed_for_its_member_until_they_look_at_the_chat() {
    let team = Team::start();
    let cy = Browser::member(&team.knock, &team.admin, "cy@us.example", Role::Rep);
    assert_eq!(team.chat.write(&team.knock, 1, "We need a quote").code, 201);
    let (code, note) = team.mentions(2, &[team.id_of(REP)]);
    assert_eq!((code, &note["mentions"]), (201, &json!(["Bo"])), "{note}");
    assert_eq!(team.record()["notes"][0]["mentions"], json!(["Bo"]));
    assert_eq!(team.mentioned(&team.rep), (1, json!(1)));
    assert_eq!([team.mentioned(&team.admin), team.mentioned(&cy)], [(0, json!(0)), (0, json!(0))]);
    // It is listed wherever the chat is.
    assert_eq!(team.chat.act(&team.knock, &team.key, &json!("done")), 204);
    assert_eq!(team.mentioned(&team.rep).0, 1);
    assert_eq!(team.post(&cy, "read", &json!({"seq": 1})).code, 204);
    assert_eq!(team.mentioned(&team.rep).0, 1, "another member looked at it");
    assert_eq!(team.post(&team.rep, "read", &json!({"seq": 1})).code, 204);
    assert_eq!(team.mentioned(&team.rep), (0, json!(0)));
    assert_eq!(team.knock.get(MENTIONS, &team.key).code, 400, "a program is not mentioned");
}

#[test]
fn only_members_who_answer_chats_can_be_named() {
    let team = Team::start();
    let unknown = "0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a".to_owned();
    let (code, refused) = team.mentions(1, &[team.id_of(REP), unknown]);
    assert_eq!((code, &refused["errors"][0]["pointer"]), (400, &json!("/mentions/1")));
    let bo = team.id_of(REP);
    assert_eq!(team.mentions(2, &vec![bo.clone(); 51]).1["errors"][0]["pointer"], "/mentions");
    let path = format!("/api/v1/members/{bo}");
    assert_eq!(team.admin.ask(&team.knock, "DELETE", &path, &Value::Null).code, 204);
    assert_eq!(team.mentions(3, &[bo]).0, 400, "a removed member is on the team no more");
    assert!(team.record().get("notes").is_none(), "none of them was stored");
}

#[test]
fn who_is_named_gets_a_mail_with_the_note_unless_they_turned_it_off() {
    let server = MailServer::start();
    let team = Team::by(mail::start(&server));
    mail::until_ended(&team.knock, &team.key);
    let before = server.all().len();
    let members = [team.id_of(REP), team.id_of("admin@localhost")];
    assert_eq!(team.mentions(1, &members).0, 201);
    mail::until_ended(&team.knock, &team.key);
    let mails = server.all();
    assert_eq!(mails.len(), before + 1, "the author is not notified");
    let sent = &mails[before];
    assert_eq!(sent.0["rcpt"][0], REP);
    let text = sent.part("text/plain");
    assert!(text.contains("@Bo can you call them?"), "{text}");
    assert!(text.contains(&format!("{}/app/inbox/{}", team.knock.url, team.chat.id)), "{text}");
    let mut settings = team.rep.get(&team.knock, SETTINGS).body;
    assert_eq!((&settings["mention_mail"], &settings["mention"]["push"]), (&json!(true), &json!(true)));
    settings["mention_mail"] = json!(false);
    assert_eq!(team.rep.ask(&team.knock, "PUT", SETTINGS, &settings).code, 200);
    assert_eq!(team.mentions(2, &members).0, 201);
    mail::until_ended(&team.knock, &team.key);
    assert_eq!(server.all().len(), before + 1);
}

/// What a feed sends until the presence that ends it: the personal events.
fn personal_until_presence(feed: &mut Feed) -> Vec<Value> {
    let mut personal = Vec::new();
    loop {
        if let Message::Text(text) = feed.read().expect("a frame") {
            let event: Value = serde_json::from_str(&text).expect("JSON");
            personal.extend(event.get("personal").cloned());
            if event.get("presence").is_some() {
                return personal;
            }
        }
    }
}

#[test]
fn open_dashboards_of_the_named_member_alone_hear_of_it() {
    let team = Team::start();
    assert_eq!(team.chat.write(&team.knock, 1, "We need a quote").code, 201);
    let [mut of_rep, mut of_admin] = [&team.rep, &team.admin].map(|by| feed(&team, by));
    assert_eq!(team.mentions(2, &[team.id_of(REP)]).0, 201);
    assert_eq!(team.post(&team.admin, "presence", &json!({"doing": "looking"})).code, 204);
    let heard = personal_until_presence(&mut of_rep);
    let shown = heard.iter().map(|event| (&event["what"], &event["text"], &event["conversation"]));
    let expected = (&json!("mention"), &json!("@Bo can you call them?"), &json!(team.chat.id));
    assert_eq!(shown.collect::<Vec<_>>(), [expected]);
    assert_eq!(personal_until_presence(&mut of_admin), [] as [Value; 0]);
}
