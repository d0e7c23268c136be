//! The address of a server.

use url::Url;

/// How a connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From its first byte on.
    Direct,
    /// By STARTTLS, which the server must offer.
    Start,
    /// Not at all: only within networks that the operator has named.
    None,
}

/// A server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its name or address.
    pub host: String,
    pub port: u16,
    pub tls: Tls,
}

/// The ports of IMAP below those that belong to no service.
const PORTS: [u16; 2] = [143, 993];
const FIRST_FREE_PORT: u16 = 1_024;

impl Server {
    /// Reads an address: `imaps://host`, `imap://host` for STARTTLS, or `imap://host?tls=none`.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence.
    pub fn parse(text: &str) -> Result<Server, &'static str> {
        let url = Url::parse(text.trim()).map_err(|_| "is no address such as imaps://mail.example.com")?;
        let tls = match (url.scheme(), url.query()) {
            ("imaps", None) => Tls::Direct,
            ("imap", None) => Tls::Start,
            ("imap", Some("tls=none")) => Tls::None,
            _ => return Err("must be imaps://HOST, or imap://HOST for STARTTLS"),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err("names a user: that and the password stand in fields of their own");
        }
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err("names more than a server; the folder has a field of its own");
        }
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        if host.is_empty() {
            return Err("has no host");
        }
        let port = url.port().unwrap_or(if tls == Tls::Direct { 993 } else { 143 });
        if port < FIRST_FREE_PORT && !PORTS.contains(&port) {
            return Err("names a port of another service");
        }
        Ok(Server { host: host.to_owned(), port, tls })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_server_and_its_encryption() {
        let table = [
            ("imaps://mail.example.com", ("mail.example.com", 993, Tls::Direct)),
            (" imaps://mail.example.com:1993/ ", ("mail.example.com", 1993, Tls::Direct)),
            ("imap://mail.example.com", ("mail.example.com", 143, Tls::Start)),
            ("imap://127.0.0.1:1143?tls=none", ("127.0.0.1", 1143, Tls::None)),
            ("imaps://[::1]", ("::1", 993, Tls::Direct)),
        ];
        for (text, (host, port, tls)) in table {
            assert_eq!(Server::parse(text), Ok(Server { host: host.to_owned(), port, tls }), "{text}");
        }
        for text in [
            "",
            "mail.example.com",
            "https://mail.example.com",
            "imaps://",
            "imaps://mail.example.com?tls=none",
            "imaps://ann@mail.example.com",
            "imaps://ann:secret@mail.example.com",
            "imaps://mail.example.com/INBOX",
            "imap://mail.example.com:25",
        ] {
            assert!(Server::parse(text).is_err(), "{text}");
        }
    }
}
