//! Answers by mail: from the mail of a reply, through the address of a provider, into the conversation.

mod bounce;
mod hook;
mod imap;
mod rep;
mod settings;

use crate::chat::{Chat, rep_writes};
use crate::mail::{PATIENCE, advance, gone, start};
use crate::support::{Knock, Reply};
use knock_testing::{Mail, MailServer};
use serde_json::{Value, json};

/// The mailbox of these tests.
const MAILBOX: &str = "replies@acme.example";
const RAW: (&str, &str) = ("content-type", "message/rfc822");

/// A server whose provider posts mails, and Ann, who was mailed a reply.
struct Scene {
    mails: MailServer,
    knock: Knock,
    key: String,
    /// The path of the provider.
    hook: String,
    chat: Chat,
    /// The address that the reply names for answers.
    to: String,
}

impl Scene {
    fn start() -> Scene {
        let mails = MailServer::start();
        let knock = start(&mails);
        let key = knock.admin_key();
        let hook = hook(&knock, &key);
        let chat = gone(&knock, &knock.site(), 1, "ann@first.example");
        let to = reply_to(&mailed(&knock, &mails, &chat, 1));
        Scene { mails, knock, key, hook, chat, to }
    }

    /// Posts a mail as it arrived.
    fn post(&self, mail: &[u8]) -> Reply {
        self.knock.send("POST", &self.hook, &[RAW], Some(mail))
    }

    /// What became of a mail.
    fn outcome(&self, mail: &[u8]) -> String {
        let reply = self.post(mail);
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.text("outcome")
    }

    fn record(&self) -> Value {
        self.chat.record(&self.knock, &self.key)
    }

    /// The texts of the lead's messages.
    fn said(&self) -> Vec<String> {
        let record = self.record();
        let messages = record["messages"].as_array().expect("a list").iter();
        let of_lead = messages.filter(|message| message["author"] == "lead");
        of_lead.map(|message| message["text"].as_str().expect("a text").to_owned()).collect()
    }
}

/// Sets up a provider; the path that it posts to.
pub(crate) fn hook(knock: &Knock, key: &str) -> String {
    let draft = json!({"way": "hook", "address": MAILBOX, "has_tags": true});
    let saved = knock.ask("PUT", "/api/v1/mail/inbound", key, &draft);
    assert_eq!(saved.code, 200, "{}", saved.body);
    saved.text("hook_url").strip_prefix(&knock.url).expect("this server").to_owned()
}

/// A reply to a lead who has left; `count` is the number of mails with it.
fn mailed(knock: &Knock, mails: &MailServer, chat: &Chat, count: usize) -> Mail {
    assert_eq!(rep_writes(knock, chat, 500 + count as u64, "It is $490 a month."), 201);
    advance(knock, PATIENCE + 1);
    mails.until(count).swap_remove(count - 1)
}

/// The address in `Reply-To`.
pub(crate) fn reply_to(mail: &Mail) -> String {
    let header = mail.header("Reply-To");
    header.rsplit('<').next().unwrap_or(header).trim_end_matches('>').to_owned()
}

/// A mail with these headers, a line each, and this text.
fn written(headers: &[&str], text: &str) -> Vec<u8> {
    let head = headers.iter().map(|header| format!("{header}\r\n")).collect::<String>();
    let common = "Date: Mon, 1 Jun 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
                  Content-Type: text/plain; charset=utf-8\r\n";
    format!("{head}{common}\r\n{text}\r\n").into_bytes()
}

/// An answer of Ann.
pub(crate) fn answer(to: &str, id: &str, text: &str) -> Vec<u8> {
    let (to, id) = (format!("To: {to}"), format!("Message-ID: <{id}@first.example>"));
    written(&["From: Ann <ann@first.example>", &to, "Subject: Re: Your reply", &id], text)
}
