//! The SMTP server of the configuration, and the sender.

use crate::address::address;
use crate::reach::Reach;
use knock_model::{Label, Millis};
use knock_ports::{ATTEMPT_TIMEOUT, MeetingParty};
use lettre::message::Mailbox;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use std::net::IpAddr;
use std::time::Duration;
use url::Url;

/// The timeout of one response of the server; an attempt has several.
pub(crate) const ANSWER: Millis = Millis(ATTEMPT_TIMEOUT.0 * 4 / 5);

pub(crate) type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// The reason for which the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidConfig {
    /// `smtp.url` is not understood.
    #[error("`smtp.url` {0}")]
    Url(String),
    /// `smtp.from` is not understood.
    #[error("`smtp.from` is not a sender such as `Acme <hello@acme.example>`: {0}")]
    From(String),
}

/// The way to an SMTP server.
#[derive(Clone, Debug)]
pub(crate) enum Route {
    /// A server that the operator has named, wherever it is.
    Configured(Transport),
    /// A server that the team has named, in the networks that the operator allows.
    OfTeam(Reach),
}

/// An SMTP server, and who sends by it.
#[derive(Clone, Debug)]
pub struct Smtp {
    pub(crate) route: Route,
    /// Host and port, to be shown.
    pub(crate) server: String,
    pub(crate) from: Mailbox,
}

impl Smtp {
    /// Reads `smtps://USER:PASSWORD@HOST` (TLS from the first byte) or `smtp://USER:PASSWORD@HOST` (STARTTLS, without which
    /// nothing is sent; `?tls=none` does without, as does a server on this machine that offers none).
    ///
    /// # Errors
    /// When one of them is not understood.
    pub fn new(url: &str, from: &str) -> Result<Smtp, InvalidConfig> {
        let from: Mailbox = from.parse().map_err(|error| InvalidConfig::From(format!("{error}")))?;
        let from = mailbox(from.name.unwrap_or_default(), from.email.as_ref()).map_err(InvalidConfig::From)?;
        let (transport, server) = transport(url).map_err(InvalidConfig::Url)?;
        Ok(Smtp { route: Route::Configured(transport), server, from })
    }

    /// The sender of all mails.
    pub fn sender(&self) -> MeetingParty {
        let name = self.from.name.clone().unwrap_or_default();
        MeetingParty { name: name.into(), email: self.from.email.to_string() }
    }
}

/// A sender. The library panics at a control character in a name.
pub(crate) fn mailbox(name: String, email: &str) -> Result<Mailbox, String> {
    let email = address(email).map_err(|error| error.to_string())?;
    Ok(Mailbox::new(Some(Label::from(name).into_text()).filter(|name| !name.is_empty()), email))
}

/// The transport for mails, and host and port of the server.
fn transport(url: &str) -> Result<(Transport, String), String> {
    let parsed =
        Url::parse(url).map_err(|error| format!("is not an address such as smtps://mail.example.com: {error}"))?;
    let shown = parsed.host_str().ok_or("names no host")?.to_owned();
    let host = shown.trim_matches(['[', ']']).to_owned();
    let (scheme, tls) = (parsed.scheme(), tls_parameter(&parsed)?);
    let parameters = || TlsParameters::new(host.clone()).map_err(|error| format!("cannot be used with TLS: {error}"));
    let (tls, port) = match (scheme, tls.as_deref()) {
        ("smtps", None) => (Tls::Wrapper(parameters()?), 465),
        ("smtp", None) if is_here(&host) => (Tls::Opportunistic(parameters()?), 25),
        ("smtp", None | Some("required")) => (Tls::Required(parameters()?), 587),
        ("smtp", Some("opportunistic")) => (Tls::Opportunistic(parameters()?), 25),
        ("smtp", Some("none")) => (Tls::None, 25),
        ("smtp" | "smtps", Some(_)) => return Err("has another `tls` than required, opportunistic or none".to_owned()),
        _ => return Err("must begin with smtps:// or smtp://".to_owned()),
    };
    // The library reads user, password and the name for HELO; how TLS is used is decided here.
    let mut plain = parsed.clone();
    plain.set_query(None);
    let builder =
        AsyncSmtpTransport::<Tokio1Executor>::from_url(plain.as_str()).map_err(|error| format!("is wrong: {error}"))?;
    let timeout = Duration::from_millis(ANSWER.0.unsigned_abs());
    let port = parsed.port().unwrap_or(port);
    Ok((builder.tls(tls).port(port).timeout(Some(timeout)).build(), format!("{shown}:{port}")))
}

fn tls_parameter(url: &Url) -> Result<Option<String>, String> {
    let mut tls = None;
    for (name, value) in url.query_pairs() {
        match &*name {
            "tls" => tls = Some(value.into_owned()),
            other => return Err(format!("has the unknown parameter `{other}`")),
        }
    }
    Ok(tls)
}

/// Whether it is this machine, where no one can listen on the way.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: Result<(), &str>) {
        let made = Smtp::new(url, "Acme <hello@acme.example>").map(drop).map_err(|error| error.to_string());
        match expected {
            Ok(()) => assert_eq!(made, Ok(()), "{url}"),
            Err(part) => assert!(made.as_ref().is_err_and(|error| error.contains(part)), "{url}: {made:?}"),
        }
    }

    #[test]
    fn servers_are_named_by_address() {
        for url in [
            "smtps://mail.example",
            "smtps://user:p%40ss@mail.example:4650",
            "smtp://mail.example",
            "smtp://127.0.0.1:2525",
            "smtp://[::1]:2525",
            "smtp://mail.example?tls=none",
        ] {
            check(url, Ok(()));
        }
    }

    #[test]
    fn a_server_is_shown_by_host_and_port_alone() {
        for (url, expected) in [
            ("smtps://user:p%40ss@mail.example", "mail.example:465"),
            ("smtp://user:p%40ss@mail.example:2525?tls=required", "mail.example:2525"),
            ("smtp://mail.example", "mail.example:587"),
            ("smtp://[::1]", "[::1]:25"),
        ] {
            let smtp = Smtp::new(url, "Acme <hello@acme.example>").expect(url);
            assert_eq!(smtp.server, expected, "{url}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_address_is_said() {
        check("mail.example", Err("is not an address"));
        check("http://mail.example", Err("must begin with"));
        check("smtp:", Err("names no host"));
        check("smtp://mail.example?tls=maybe", Err("another `tls`"));
        check("smtp://mail.example?ssl=1", Err("unknown parameter `ssl`"));
        let wrong = Smtp::new("smtp://mail.example", "acme").expect_err("no sender").to_string();
        assert!(wrong.starts_with("`smtp.from` is not a sender"), "{wrong}");
    }
}
