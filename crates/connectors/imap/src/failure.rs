//! What went wrong, in words of its own: those of a server may quote mails.

use std::fmt;

/// The reason for which a mailbox cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The user or the password is refused.
    Unauthorized,
    /// The mailbox has no such folder.
    NoFolder,
    /// The server is in a private network, or a connection without encryption would leave one.
    Private,
    /// The server offers no STARTTLS.
    NoTls,
    /// Its certificate is not trusted.
    NotTrusted,
    /// It is not reached, or did not answer in time.
    Unreached,
    /// It answered something else than IMAP, or more than asked for.
    Odd,
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Failure::Unauthorized => "the mail server refuses the user or the password",
            Failure::NoFolder => "the mailbox has no such folder",
            Failure::Private => {
                "the mail server is in a private network, see `outbound.private_networks`; outside of those that are named \
                 there a connection must be encrypted"
            }
            Failure::NoTls => "the mail server does not offer STARTTLS",
            Failure::NotTrusted => "the certificate of the mail server is not trusted",
            Failure::Unreached => "the mail server is not reached",
            Failure::Odd => "the mail server answers in a way that cannot be read",
        })
    }
}

impl std::error::Error for Failure {}

impl From<async_imap::error::Error> for Failure {
    fn from(error: async_imap::error::Error) -> Failure {
        use async_imap::error::Error;
        match error {
            Error::Io(error) if error.kind() == std::io::ErrorKind::Other => Failure::Odd,
            Error::Io(_) | Error::ConnectionLost => Failure::Unreached,
            _ => Failure::Odd,
        }
    }
}
