//! A mail server as the team enters it: checked field by field, logged in to, and used for a test mail.

use crate::address::{address, is_for_all};
use crate::config::{Route, Smtp, mailbox};
use crate::mapping::test;
use crate::message::message;
use crate::reach::{Account, NotSent, Reach, TRY_TIMEOUT};
use crate::refusal::{Refusal, Whom};
use crate::step::Step;
use knock_model::{DeliveryState, Destination, Millis};
use knock_outbound::Guard;
use knock_ports::{Effect, OutboxEntry, TestMail, WrongField};
use lettre::Message;
use lettre::message::Mailbox;
use std::net::IpAddr;
use std::time::Duration;
use url::Host;

/// The longest host, user, password or sender, in bytes.
const LONGEST: usize = 500;

/// The sender of all mails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub address: String,
    /// May be empty.
    pub name: String,
}

/// A mail server that the team has named.
#[derive(Clone, Debug)]
pub struct TeamServer {
    reach: Reach,
    from: Mailbox,
}

impl TeamServer {
    /// Checks what was entered; nothing is connected to.
    ///
    /// # Errors
    /// The field that is wrong.
    pub fn new(account: Account, from: &Sender, guard: Guard) -> Result<TeamServer, WrongField> {
        let Account { host, port, security, user, password } = account;
        let texts = [("host", &host), ("username", &user), ("password", &password), ("from_address", &from.address)];
        for (field, text) in texts.into_iter().chain([("from_name", &from.name)]) {
            if text.len() > LONGEST {
                return Err(wrong(field, "is longer than 500 bytes"));
            }
            if text.chars().any(char::is_control) {
                return Err(wrong(field, "contains a line end or another control character"));
            }
        }
        let host = host_of(&host)?;
        if port == 0 {
            return Err(wrong("port", "is not between 1 and 65535"));
        }
        if !user.is_empty() && password.is_empty() {
            return Err(wrong("password", "is missing"));
        }
        if from.address.is_empty() {
            return Err(wrong("from_address", "is missing"));
        }
        let from = mailbox(from.name.clone(), &from.address)
            .map_err(|_| wrong("from_address", "is not an e-mail address such as hello@example.com"))?;
        let reach = Reach::new(Account { host, port, security, user, password }, guard)
            .map_err(|_| wrong("host", "is not the name of a server such as smtp.example.com"))?;
        Ok(TeamServer { reach, from })
    }

    /// The host as it is connected to.
    pub fn host(&self) -> &str {
        &self.reach.account.host
    }

    /// The server for the mails of the outbox.
    pub fn smtp(&self) -> Smtp {
        let Account { host, port, .. } = &self.reach.account;
        Smtp { route: Route::OfTeam(self.reach.clone()), server: format!("{host}:{port}"), from: self.from.clone() }
    }

    /// Logs in and names the sender; sends nothing.
    ///
    /// # Errors
    /// The step at which it ended.
    pub async fn check(&self) -> Result<(), Refusal> {
        let mut at = Step::Name;
        let checked = async {
            let mut connection = self.reach.rehearse(&self.from.email, None, &mut at).await?;
            drop(connection.quit().await);
            Ok(String::new())
        };
        let checked = tokio::time::timeout(limit(), checked).await.ok();
        self.judged(checked, at, "").map(drop)
    }

    /// Sends a test mail; returns the words with which the server accepted it.
    ///
    /// # Errors
    /// The step at which it ended.
    pub async fn send_test(&self, to: &str, now: Millis) -> Result<String, Refusal> {
        let mut at = Step::Name;
        let sent = async {
            let recipient = address(to).map_err(|error| NotSent::Unreached(Step::Recipient, error.to_string()))?;
            // An address beyond ASCII is named with the mail alone, which says that it is one.
            let named = is_for_all(&recipient).then(|| recipient.clone());
            let mut connection = self.reach.rehearse(&self.from.email, named, &mut at).await?;
            let mail = self.test_mail(to, now).map_err(|words| NotSent::Unreached(Step::Mail, words))?;
            let answered = connection.send(mail.envelope(), &mail.formatted()).await.map_err(NotSent::Answered)?;
            drop(connection.quit().await);
            let words = answered.message().collect::<Vec<_>>().join(" ");
            Ok(format!("{} {words}", answered.code()))
        };
        let sent = tokio::time::timeout(limit(), sent).await.ok();
        self.judged(sent, at, to)
    }

    /// The outcome of an attempt, which is none when it took too long.
    fn judged(&self, outcome: Option<Result<String, NotSent>>, at: Step, to: &str) -> Result<String, Refusal> {
        let from = self.from.email.to_string();
        let whom = Whom { account: &self.reach.account, from: &from, to };
        match outcome {
            Some(outcome) => outcome.map_err(|not_sent| Refusal::of(&not_sent, at, &whom)),
            None => Err(Refusal::late(at, &whom)),
        }
    }

    fn test_mail(&self, to: &str, now: Millis) -> Result<Message, String> {
        let mail = TestMail { to: to.to_owned() };
        let letter = test(&mail).map_err(|error| error.to_string())?;
        let data = serde_json::to_string(&mail).map_err(|error| error.to_string())?;
        // A test mail has no row in the outbox: the instant stands for its number.
        let entry = OutboxEntry {
            number: now.0,
            to: Destination::MAIL,
            effect: Effect { kind: TestMail::KIND, data, at: now },
            stored_at: now,
            state: DeliveryState::UnderWay,
            due_at: now,
            attempts: 1,
            answer: String::new(),
        };
        message(&entry, &letter, &self.from).map_err(|error| error.to_string())
    }
}

/// A host as names are looked up: in ASCII, an IPv6 address without brackets.
fn host_of(typed: &str) -> Result<String, WrongField> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(wrong("host", "is missing"));
    }
    if typed.contains("://") || typed.contains(['@', '/', ' ']) {
        return Err(wrong("host", "is not the name of a server alone, such as smtp.example.com"));
    }
    if let Ok(address) = typed.trim_matches(['[', ']']).parse::<IpAddr>() {
        return Ok(address.to_string());
    }
    match Host::parse(typed) {
        Ok(Host::Domain(name)) => Ok(name),
        Ok(Host::Ipv4(address)) => Ok(address.to_string()),
        Ok(Host::Ipv6(address)) => Ok(address.to_string()),
        Err(_) => Err(wrong("host", "is not the name of a server such as smtp.example.com")),
    }
}

fn wrong(field: &'static str, reason: &str) -> WrongField {
    WrongField { field, reason: reason.to_owned() }
}

fn limit() -> Duration {
    Duration::from_millis(TRY_TIMEOUT.0.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::MailSecurity;

    fn check(change: impl FnOnce(&mut Account, &mut Sender), expected: Option<(&str, &str)>) {
        let mut account = Account {
            host: "smtp.acme.example".into(),
            port: 587,
            security: MailSecurity::Starttls,
            user: "knock".into(),
            password: "p@ss".into(),
        };
        let mut from = Sender { address: "hello@acme.example".into(), name: "Acme".into() };
        change(&mut account, &mut from);
        let found = TeamServer::new(account.clone(), &from, Guard::new(Vec::new())).err();
        let Some((field, part)) = expected else { return assert_eq!(found, None, "{account:?} {from:?}") };
        let wrong = found.unwrap_or_else(|| panic!("{account:?} {from:?} is taken"));
        assert!(wrong.field == field && wrong.reason.contains(part), "{wrong:?}");
    }

    #[test]
    fn what_is_entered_is_judged_field_by_field() {
        check(|_, _| (), None);
        check(|account, _| account.host = " mail.b\u{fc}ro.example ".into(), None);
        check(|account, _| account.host = "[2001:db8::1]".into(), None);
        check(|account, _| (account.user, account.password) = (String::new(), String::new()), None);
        check(|_, from| from.name = String::new(), None);
        check(|account, _| account.host = " ".into(), Some(("host", "is missing")));
        check(|account, _| account.host = "smtps://smtp.acme.example".into(), Some(("host", "alone")));
        check(|account, _| account.host = "smtp acme".into(), Some(("host", "alone")));
        check(|account, _| account.port = 0, Some(("port", "between 1 and 65535")));
        check(|account, _| account.password = String::new(), Some(("password", "is missing")));
        check(|account, _| account.user = "knock\r\nRSET".into(), Some(("username", "control character")));
        check(|account, _| account.password = "x".repeat(501), Some(("password", "longer")));
        check(|_, from| from.address = String::new(), Some(("from_address", "is missing")));
        check(|_, from| from.address = "acme".into(), Some(("from_address", "e-mail address")));
        check(|_, from| from.name = "Acme\nBcc: x".into(), Some(("from_name", "control character")));
    }

    #[test]
    fn a_server_is_shown_by_host_and_port_alone() {
        let account = Account {
            host: "smtp.acme.example".into(),
            port: 465,
            security: MailSecurity::Tls,
            user: "knock".into(),
            password: "heron-granite".into(),
        };
        let from = Sender { address: "hello@acme.example".into(), name: "Acme".into() };
        let server = TeamServer::new(account, &from, Guard::new(Vec::new())).expect("it is right");
        assert_eq!(server.smtp().server, "smtp.acme.example:465");
        assert!(!format!("{server:?}{:?}", server.smtp()).contains("heron"), "no password in a log");
    }
}
