//! Why a mail server cannot be used, or a mail not be sent by it: the step where it ended, as sentences for a person.

use crate::outcome::words;
use crate::reach::{Account, NotSent};
use crate::step::Step;
use knock_wire::MailSecurity;
use lettre::transport::smtp::Error;
use std::error::Error as _;
use std::io;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The step at which it ended.
    pub step: Step,
    /// What happened and what helps, as sentences.
    pub text: String,
    /// The words of the server or of the network.
    pub detail: String,
}

impl Refusal {
    /// The refusal that an attempt ended with while a step was under way.
    pub(crate) fn of(not_sent: &NotSent, at: Step, whom: &Whom<'_>) -> Refusal {
        let (step, is_temporary, wants_login) = match not_sent {
            NotSent::Unreached(step, _) => (*step, false, false),
            NotSent::Answered(error) => {
                let code = error.status().map_or_else(String::new, |code| code.to_string());
                (step_of(error, at, whom.account), error.is_transient(), code == "530")
            }
        };
        let is_late = matches!(not_sent, NotSent::Answered(error) if error.is_timeout());
        let text = match step {
            Step::Login | Step::Sender | Step::Recipient | Step::Mail if is_temporary => {
                "The server takes no mail at this moment. Try again in a few minutes.".to_owned()
            }
            Step::Sender if wants_login => "The server wants a user and a password before it takes mail.".to_owned(),
            Step::Connection if is_late => late(whom.account),
            step => sentence(step, whom),
        };
        Refusal { step: if wants_login { Step::Login } else { step }, text, detail: not_sent.words() }
    }

    /// The refusal of a server that did not answer in time while a step was under way.
    pub(crate) fn late(at: Step, whom: &Whom<'_>) -> Refusal {
        let step = if at == Step::Connection { Step::Silence } else { at };
        let text = match step {
            Step::Silence => sentence(Step::Silence, whom),
            _ => "The server said nothing more for 15 seconds. Try again, or ask its operator.".to_owned(),
        };
        Refusal { step, text, detail: String::new() }
    }
}

/// The server, the sender and the recipient.
pub(crate) struct Whom<'w> {
    pub(crate) account: &'w Account,
    pub(crate) from: &'w str,
    pub(crate) to: &'w str,
}

/// The step that an error of the library belongs to.
fn step_of(error: &Error, at: Step, account: &Account) -> Step {
    let is_early = matches!(at, Step::Connection | Step::Tls);
    if error.status().is_some() || !is_early {
        return if at == Step::Connection { Step::Protocol } else { at };
    }
    let text = words(error).to_ascii_lowercase();
    match network_error(error) {
        _ if text.contains("certificate") => Step::Certificate,
        Some(io::ErrorKind::InvalidData) => Step::Tls,
        Some(io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset)
            if account.security == MailSecurity::Tls =>
        {
            Step::Tls
        }
        Some(io::ErrorKind::UnexpectedEof) => Step::Protocol,
        Some(_) => Step::Connection,
        None if error.is_response() => Step::Protocol,
        None if error.is_tls() => Step::Tls,
        None => at,
    }
}

/// The kind of the error of the network, if it is one.
fn network_error(error: &Error) -> Option<io::ErrorKind> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return Some(error.kind());
        }
        cause = error.source();
    }
    None
}

fn late(account: &Account) -> String {
    let Account { host, port, .. } = account;
    format!(
        "Port {port} of {host} does not answer. A firewall may be between: many hosting companies block port 25, some 465 \
         and 587 too."
    )
}

/// What ended at a step, and what helps.
fn sentence(step: Step, whom: &Whom<'_>) -> String {
    let Account { host, port, security, .. } = whom.account;
    let (from, to) = (whom.from, whom.to);
    match step {
        Step::Name => format!("There is no server with the name {host}. Check it for typing errors."),
        Step::Network => format!(
            "The server {host} is in a private network, which Knock does not reach by itself. The operator of the server can allow \
             it: outbound.private_networks."
        ),
        Step::Unencrypted => "Without encryption the password can be read on the way: choose TLS or STARTTLS. None is \
                              for a server in a network of your own, which the operator of the server has allowed."
            .to_owned(),
        Step::Connection => format!(
            "Nothing takes the connection on port {port} of {host}. Check both: mail is sent on port 465 with TLS, or \
             587 with STARTTLS."
        ),
        Step::Silence if *security == MailSecurity::Tls => {
            format!("The server takes the connection on port {port} and then says nothing. Check the port.")
        }
        Step::Silence => format!(
            "The server takes the connection on port {port} and then says nothing. It may want TLS from the first byte: \
             choose TLS."
        ),
        Step::Protocol => format!("What answers on port {port} of {host} takes no mail. Check host and port."),
        Step::Tls if *security == MailSecurity::Tls => {
            format!("The server does not speak TLS on port {port}; choose STARTTLS, which is usual on port 587.")
        }
        Step::Tls => format!("No encrypted connection came about with {host}. It may know only old versions of TLS."),
        Step::StartTls => {
            format!("The server offers no STARTTLS on port {port}; choose TLS, which is usual on port 465.")
        }
        Step::Certificate => format!(
            "The certificate of {host} does not prove that it is this server. Use the name that the provider gives for \
             sending mail."
        ),
        Step::Login => "The server does not accept the user or the password.".to_owned(),
        Step::NoLogin => format!(
            "The server takes no password on port {port}. Choose TLS or STARTTLS if it is unencrypted, or leave user and \
             password empty."
        ),
        Step::Sender => format!("The server does not let this account send as {from}. Use an address of the account."),
        Step::Recipient => format!("The server does not take mail for {to}."),
        Step::Mail => "The server refused the mail.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(port: u16, security: MailSecurity) -> Account {
        Account { host: "mail.acme.example".into(), port, security, user: "knock".into(), password: "pass".into() }
    }

    #[test]
    fn each_step_names_what_helps_and_no_password() {
        let account = account(25, MailSecurity::Tls);
        let whom = Whom { account: &account, from: "hello@acme.example", to: "ann@acme.example" };
        for (step, part) in [
            (Step::Name, "no server with the name mail.acme.example"),
            (Step::Network, "outbound.private_networks"),
            (Step::Unencrypted, "choose TLS or STARTTLS"),
            (Step::Connection, "587 with STARTTLS"),
            (Step::Silence, "Check the port"),
            (Step::Protocol, "takes no mail"),
            (Step::Tls, "does not speak TLS on port 25; choose STARTTLS"),
            (Step::StartTls, "choose TLS, which is usual on port 465"),
            (Step::Certificate, "does not prove"),
            (Step::Login, "does not accept the user or the password"),
            (Step::NoLogin, "takes no password"),
            (Step::Sender, "send as hello@acme.example"),
            (Step::Recipient, "mail for ann@acme.example"),
            (Step::Mail, "refused the mail"),
        ] {
            let text = sentence(step, &whom);
            assert!(text.contains(part) && text.ends_with('.') && !text.contains("pass "), "{step:?}: {text}");
        }
    }

    #[test]
    fn a_server_that_says_nothing_may_want_tls() {
        let account = account(465, MailSecurity::Starttls);
        let whom = Whom { account: &account, from: "", to: "" };
        let refusal = Refusal::late(Step::Connection, &whom);
        assert_eq!(refusal.step, Step::Silence);
        assert!(refusal.text.contains("choose TLS"), "{}", refusal.text);
        assert_eq!(Refusal::late(Step::Mail, &whom).step, Step::Mail);
    }
}
