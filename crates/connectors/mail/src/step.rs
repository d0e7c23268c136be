//! The steps on the way of a mail to a server of the team.

/// A step on the way of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The name of the host has an address.
    Name,
    /// The address is in a network that is reached.
    Network,
    /// The network is one without encryption.
    Unencrypted,
    /// The port answers.
    Connection,
    /// The server says something.
    Silence,
    /// What it says is SMTP.
    Protocol,
    /// TLS.
    Tls,
    /// The server offers STARTTLS.
    StartTls,
    /// The certificate is trusted.
    Certificate,
    /// User and password are accepted.
    Login,
    /// The server offers a login.
    NoLogin,
    /// The sender is accepted.
    Sender,
    /// The recipient is accepted.
    Recipient,
    /// The mail is accepted.
    Mail,
}

impl Step {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Name => "name",
            Step::Network => "network",
            Step::Unencrypted => "unencrypted",
            Step::Connection => "connection",
            Step::Silence => "silence",
            Step::Protocol => "protocol",
            Step::Tls => "tls",
            Step::StartTls => "starttls",
            Step::Certificate => "certificate",
            Step::Login => "login",
            Step::NoLogin => "no_login",
            Step::Sender => "sender",
            Step::Recipient => "recipient",
            Step::Mail => "mail",
        }
    }
}
