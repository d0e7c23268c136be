//! A connection to a mail server that the team has named: to an address that was judged, step by step.

use crate::outcome::words;
use crate::step::Step;
use knock_model::Millis;
use knock_outbound::Guard;
use knock_wire::MailSecurity;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use lettre::{Address, Message};
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::lookup_host;

/// The longest time for a login that is tried, and for a test mail.
pub const TRY_TIMEOUT: Millis = Millis(15_000);
/// The longest time for a connection to one address.
const CONNECTS_IN: Duration = Duration::from_secs(4);
/// The addresses of a host that are tried at most: all of them within [`TRY_TIMEOUT`].
const MOST_ADDRESSES: usize = 3;
/// The ways of a login that are known; the first one that the server knows is used.
const LOGINS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

/// A mail server, and the account there. The debug output contains no password.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The host: a name in ASCII, or an address.
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    /// The user; empty for a server without a login.
    pub user: String,
    pub password: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Account").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// A mail that was not sent.
pub(crate) enum NotSent {
    /// The server was not reached, or its login is not used: the step, and the reason.
    Unreached(Step, String),
    /// The server or the connection failed.
    Answered(Error),
}

/// The way to an account.
#[derive(Clone)]
pub(crate) struct Reach {
    pub(crate) account: Account,
    tls: Option<TlsParameters>,
    guard: Guard,
}

impl fmt::Debug for Reach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.account.fmt(out)
    }
}

impl Reach {
    pub(crate) fn new(account: Account, guard: Guard) -> Result<Reach, String> {
        let with_tls = account.security != MailSecurity::None;
        let tls = with_tls.then(|| TlsParameters::new(account.host.clone())).transpose();
        Ok(Reach { tls: tls.map_err(|error| error.to_string())?, account, guard })
    }

    /// Sends a mail.
    pub(crate) async fn send(&self, message: &Message) -> Result<Response, NotSent> {
        let mut at = Step::Name;
        let mut connection = self.open(&mut at).await?;
        let sent = connection.send(message.envelope(), &message.formatted()).await;
        if sent.is_ok() {
            // It was accepted: how the connection ends changes nothing.
            drop(connection.quit().await);
        }
        sent.map_err(NotSent::Answered)
    }

    /// Logs in and names the sender and, if there is one, the recipient; `at` is the step that is under way.
    pub(crate) async fn rehearse(
        &self,
        from: &Address,
        to: Option<Address>,
        at: &mut Step,
    ) -> Result<AsyncSmtpConnection, NotSent> {
        let mut connection = self.open(at).await?;
        *at = Step::Sender;
        connection.command(Mail::new(Some(from.clone()), Vec::new())).await.map_err(NotSent::Answered)?;
        if let Some(to) = to {
            *at = Step::Recipient;
            connection.command(Rcpt::new(to, Vec::new())).await.map_err(NotSent::Answered)?;
        }
        connection.command(Rset).await.map_err(NotSent::Answered)?;
        *at = Step::Mail;
        Ok(connection)
    }

    /// A connection that is logged in; `at` is the step that is under way.
    async fn open(&self, at: &mut Step) -> Result<AsyncSmtpConnection, NotSent> {
        let Account { security, user, password, .. } = &self.account;
        let allowed = self.addresses(at).await?;
        *at = Step::Connection;
        let hello = ClientId::default();
        let wrapper = self.tls.clone().filter(|_| *security == MailSecurity::Tls);
        let connected = AsyncSmtpConnection::connect_tokio1(&*allowed, Some(CONNECTS_IN), &hello, wrapper, None);
        let mut connection = connected.await.map_err(NotSent::Answered)?;
        if let Some(tls) = self.tls.clone().filter(|_| *security == MailSecurity::Starttls) {
            *at = Step::StartTls;
            if !connection.can_starttls() {
                drop(connection.quit().await);
                return Err(NotSent::Unreached(Step::StartTls, "the server offers no STARTTLS".to_owned()));
            }
            *at = Step::Tls;
            connection.starttls(tls, &hello).await.map_err(NotSent::Answered)?;
        }
        if user.is_empty() {
            return Ok(connection);
        }
        *at = Step::Login;
        if connection.server_info().get_auth_mechanism(&LOGINS).is_none() {
            drop(connection.quit().await);
            return Err(NotSent::Unreached(Step::NoLogin, "the server offers no login by a password".to_owned()));
        }
        let credentials = Credentials::new(user.clone(), password.clone());
        connection.auth(&LOGINS, &credentials).await.map_err(NotSent::Answered)?;
        Ok(connection)
    }

    /// The addresses of the host that may be connected to.
    async fn addresses(&self, at: &mut Step) -> Result<Vec<SocketAddr>, NotSent> {
        let Account { host, port, security, .. } = &self.account;
        *at = Step::Name;
        let found = lookup_host((host.as_str(), *port)).await;
        let found = found.map_err(|error| NotSent::Unreached(Step::Name, error.to_string()))?;
        let found: Vec<SocketAddr> = found.collect();
        let mut allowed: Vec<SocketAddr> =
            found.iter().copied().filter(|address| self.guard.allows(address.ip())).collect();
        if allowed.is_empty() {
            let words = format!("{host} leads into a private network, see `outbound.private_networks`");
            return Err(NotSent::Unreached(Step::Network, words));
        }
        if *security == MailSecurity::None && !found.iter().all(|address| self.guard.is_own(address.ip())) {
            let words = "without encryption only a server in a network of your own is used".to_owned();
            return Err(NotSent::Unreached(Step::Unencrypted, words));
        }
        allowed.truncate(MOST_ADDRESSES);
        Ok(allowed)
    }
}

impl NotSent {
    /// The words of the server or of the network.
    pub(crate) fn words(&self) -> String {
        match self {
            NotSent::Unreached(_, words) => words.clone(),
            NotSent::Answered(error) => words(error),
        }
    }
}
