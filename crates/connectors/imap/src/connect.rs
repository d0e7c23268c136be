//! A connection to an address that may be reached, encrypted, and the login.

use crate::config::{Server, Tls};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::stream::{Bounded, Wire};
use async_imap::Client;
use async_imap::error::Error;
use knock_outbound::Guard;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// The longest time for a connection, with its login and its folder.
const CONNECTS_IN: Duration = Duration::from_secs(20);
/// What one connection reads at most, in bytes.
const MOST_READ: usize = 64 << 20;

/// A folder of a mailbox. The debug output contains no password.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub server: Server,
    pub user: String,
    pub password: String,
    pub folder: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Account").field("server", &self.server).field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Opens mailboxes.
#[derive(Clone)]
pub struct Imap {
    guard: Guard,
    /// Made at the first use: reading the certificates of the system takes a while.
    trusted: Arc<OnceLock<Arc<ClientConfig>>>,
}

impl Imap {
    /// One that reaches what this guard allows.
    pub fn new(guard: Guard) -> Imap {
        Imap { guard, trusted: Arc::default() }
    }

    /// Opens a folder.
    ///
    /// # Errors
    /// When it cannot be opened within 20 s.
    pub async fn open(&self, account: &Account) -> Result<Folder, Failure> {
        timeout(CONNECTS_IN, self.opened(account)).await.unwrap_or(Err(Failure::Unreached))
    }

    async fn opened(&self, account: &Account) -> Result<Folder, Failure> {
        let client = self.client(&account.server).await?;
        let mut session = client.login(&account.user, &account.password).await.map_err(|(error, _)| match error {
            // A user or a password with a line end is no user and no password.
            Error::No(_) | Error::Bad(_) | Error::Validate(_) => Failure::Unauthorized,
            other => other.into(),
        })?;
        let selected = session.select(&account.folder).await.map_err(|error| match error {
            Error::No(_) | Error::Bad(_) | Error::Validate(_) => Failure::NoFolder,
            other => other.into(),
        })?;
        Folder::new(session, &selected).await
    }

    async fn client(&self, server: &Server) -> Result<Client<Bounded>, Failure> {
        let tcp = self.connected(server).await?;
        match server.tls {
            Tls::Direct => greeted(self.encrypted(server, Box::new(tcp)).await?).await,
            Tls::None => greeted(Box::new(tcp)).await,
            Tls::Start => {
                let mut client = greeted(Box::new(tcp)).await?;
                client.run_command_and_check_ok("STARTTLS", None).await.map_err(|error| match error {
                    Error::No(_) | Error::Bad(_) => Failure::NoTls,
                    other => other.into(),
                })?;
                // What came before the encryption is forgotten: it may be of somebody in between.
                let wire = client.into_inner().into_inner();
                Ok(Client::new(Bounded::new(self.encrypted(server, wire).await?, MOST_READ)))
            }
        }
    }

    /// Connects to an address that was judged.
    async fn connected(&self, server: &Server) -> Result<TcpStream, Failure> {
        let found = lookup_host((server.host.as_str(), server.port)).await.map_err(|_| Failure::Unreached)?;
        let found: Vec<SocketAddr> = found.collect();
        let may_reach = |address: &SocketAddr| match server.tls {
            Tls::None => self.guard.is_own(address.ip()),
            Tls::Direct | Tls::Start => self.guard.allows(address.ip()),
        };
        let allowed: Vec<SocketAddr> = found.iter().copied().filter(may_reach).collect();
        let is_partly = server.tls == Tls::None && allowed.len() < found.len();
        if allowed.is_empty() || is_partly {
            return Err(if found.is_empty() { Failure::Unreached } else { Failure::Private });
        }
        TcpStream::connect(&*allowed).await.map_err(|_| Failure::Unreached)
    }

    async fn encrypted(&self, server: &Server, wire: Box<dyn Wire>) -> Result<Box<dyn Wire>, Failure> {
        let name = ServerName::try_from(server.host.clone()).map_err(|_| Failure::Unreached)?;
        let trusted = Arc::clone(self.trusted.get_or_init(|| Arc::new(trusted())));
        match TlsConnector::from(trusted).connect(name, wire).await {
            Ok(stream) => Ok(Box::new(stream)),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Err(Failure::NotTrusted),
            Err(_) => Err(Failure::Unreached),
        }
    }
}

async fn greeted(wire: Box<dyn Wire>) -> Result<Client<Bounded>, Failure> {
    let mut client = Client::new(Bounded::new(wire, MOST_READ));
    match client.read_response().await {
        Ok(Some(_)) => Ok(client),
        Ok(None) => Err(Failure::Unreached),
        Err(error) => Err(Error::Io(error).into()),
    }
}

/// The certificates that the system trusts, as for mails that are sent.
fn trusted() -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    config.expect("ring has the versions of TLS").with_root_certificates(roots).with_no_client_auth()
}
