//! Reminders that members set for themselves.

use super::{REP, Team};
use crate::mail;
use crate::members::Browser;
use crate::support::{Reply, batch, identify};
use knock_model::Role;
use knock_testing::{Mail, MailServer};
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;

impl Team {
    fn lead(&self) -> String {
        self.record()["conversation"]["lead"].as_str().expect("an id").to_owned()
    }

    fn remind(&self, by: &Browser, after: i64, text: &str) -> Reply {
        let body = json!({"due_at": self.knock.now() + after, "text": text});
        by.ask(&self.knock, "POST", &format!("/api/v1/contacts/{}/reminders", self.lead()), &body)
    }

    /// The texts of a member's reminders to come.
    fn reminders(&self, by: &Browser) -> Vec<String> {
        let list = by.get(&self.knock, &format!("/api/v1/contacts/{}/reminders", self.lead())).body;
        let all = list["reminders"].as_array().expect("a list").iter();
        all.map(|reminder| reminder["text"].as_str().expect("text").to_owned()).collect()
    }
}

/// The mails with reminders so far.
fn mailed(team: &Team, server: &MailServer) -> Vec<Mail> {
    mail::until_ended(&team.knock, &team.key);
    server.all().into_iter().filter(|mail| mail.header("Subject").starts_with("Reminder: ")).collect()
}

#[test]
fn a_reminder_is_its_members_alone_and_leaves_the_chat_as_it_is() {
    let team = Team::start();
    assert_eq!(team.chat.write(&team.knock, 1, "We need a quote").code, 201);
    let before = team.record()["conversation"].clone();
    let late = team.remind(&team.rep, 2 * HOUR, " Ask about the budget ");
    assert_eq!((late.code, &late.body["text"]), (201, &json!("Ask about the budget")), "{}", late.body);
    assert_eq!(team.remind(&team.rep, HOUR, "").code, 201);
    assert_eq!(team.reminders(&team.rep), ["", "Ask about the budget"]);
    assert_eq!(team.reminders(&team.admin), [""; 0]);
    let path = format!("/api/v1/reminders/{}", late.body["id"].as_str().expect("an id"));
    let remove = |by: &Browser| by.ask(&team.knock, "DELETE", &path, &Value::Null).code;
    assert_eq!([remove(&team.admin), remove(&team.rep), remove(&team.rep)], [404, 204, 404]);
    assert_eq!(team.reminders(&team.rep), [""]);
    let after = team.record()["conversation"].clone();
    assert_eq!((&after["state"], &after["folder"]), (&before["state"], &before["folder"]));
    assert_eq!(team.knock.get(&format!("/api/v1/contacts/{}/reminders", team.lead()), &team.key).code, 403);
}

#[test]
fn what_cannot_be_set_names_its_field() {
    let team = Team::start();
    assert_eq!(team.chat.write(&team.knock, 1, "We need a quote").code, 201);
    let long = "x".repeat(201);
    for (after, text, pointer) in
        [(-HOUR, "", "/due_at"), (367 * 24 * HOUR, "", "/due_at"), (HOUR, &*long, "/text"), (HOUR, "a\nb", "/text")]
    {
        let refused = team.remind(&team.rep, after, text);
        assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{after} {text}");
    }
    for _ in 0..20 {
        assert_eq!(team.remind(&team.rep, HOUR, "x").code, 201);
    }
    assert_eq!(team.remind(&team.rep, HOUR, "x").code, 409);
}

#[test]
fn a_due_reminder_is_mailed_once_also_after_a_restart_and_in_quiet_hours() {
    let server = MailServer::start();
    let mut team = Team::by(mail::start(&server));
    assert_eq!(team.chat.write(&team.knock, 1, "Hello").code, 201);
    let mut settings = team.rep.get(&team.knock, "/api/v1/notifications").body;
    settings["quiet"] = json!([{"days": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "00:00"}]);
    assert_eq!(team.rep.ask(&team.knock, "PUT", "/api/v1/notifications", &settings).code, 200);
    assert_eq!(team.remind(&team.rep, HOUR, "Ask about the budget").code, 201);
    assert_eq!(mailed(&team, &server).len(), 0);
    team.knock = team.knock.kill_and_restart();
    mail::advance(&team.knock, HOUR);
    let sent = mailed(&team, &server);
    assert_eq!((sent.len(), &sent[0].0["rcpt"][0]), (1, &json!(REP)));
    let text = sent[0].part("text/plain");
    assert!(text.contains("Ask about the budget") && text.contains(&team.chat.id), "{text}");
    assert_eq!(team.reminders(&team.rep), [""; 0], "it is no longer to come");
    team.knock = team.knock.kill_and_restart();
    mail::advance(&team.knock, HOUR);
    assert_eq!(mailed(&team, &server).len(), 1);
}

#[test]
fn a_reminder_moves_with_the_lead_into_whom_theirs_is_merged() {
    let server = MailServer::start();
    let team = Team::by(mail::start(&server));
    assert_eq!(team.chat.write(&team.knock, 1, "Hello").code, 201);
    assert_eq!(team.remind(&team.rep, HOUR, "Ask about the budget").code, 201);
    let (before, site, now) = (team.lead(), team.knock.site(), team.knock.now());
    // The address is known from another browser before it is said in that of the chat.
    for visitor in [2, 1] {
        let signals = batch(&site, visitor, now, &[identify(now, 10 + visitor, "zoe@hollis.example")]);
        assert_eq!(team.knock.post_signals(&signals).code, 202);
    }
    assert_ne!(team.lead(), before, "merged");
    assert_eq!(team.reminders(&team.rep), ["Ask about the budget"]);
    mail::advance(&team.knock, HOUR);
    assert_eq!(mailed(&team, &server).len(), 1);
}

#[test]
fn a_removed_member_leaves_no_reminder() {
    let team = Team::start();
    assert_eq!(team.chat.write(&team.knock, 1, "Hello").code, 201);
    assert_eq!(team.remind(&team.rep, HOUR, "Ask about the budget").code, 201);
    let path = format!("/api/v1/members/{}", team.admin.id_of(&team.knock, REP));
    assert_eq!(team.admin.ask(&team.knock, "DELETE", &path, &Value::Null).code, 204);
    let again = Browser::member(&team.knock, &team.admin, REP, Role::Rep);
    assert_eq!(team.reminders(&again), [""; 0]);
}
