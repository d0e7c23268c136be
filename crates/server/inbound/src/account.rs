//! The credentials of a mailbox, and the secret in the address for a mail provider.

use crate::Inbound;
use knock_context::{Seal, credentials_of, credentials_text, new_secret};
use knock_imap::{Account, Failure, Server};
use knock_ports::{CredentialField, CredentialForm, Credentials, InboundCursor, InboundWay, WrongField};
use knock_wire::RawSecret;

const PURPOSE: &str = "inbound-mail";
const URL: &str = "url";
const USER: &str = "user";
const PASSWORD: &str = "password";
/// The field of the folder in requests: it is no credential.
const FOLDER: &str = "folder";
/// The longest address, user or password, in bytes.
const LONGEST: usize = 2_000;

impl Inbound {
    /// What is needed to look at a mailbox.
    pub const FORM: CredentialForm = CredentialForm {
        fields: &[
            CredentialField {
                name: URL,
                label: "IMAP server",
                hint: "Such as imaps://mail.example.com, or imap://mail.example.com for STARTTLS.",
                is_secret: false,
                longest: LONGEST,
                wrong: "is missing",
            },
            CredentialField {
                name: USER,
                label: "User",
                hint: "Often the whole address.",
                is_secret: false,
                longest: LONGEST,
                wrong: "is missing",
            },
            CredentialField {
                name: PASSWORD,
                label: "Password",
                hint: "Best an app password for Knock only. It is stored encrypted and never shown again.",
                is_secret: true,
                longest: LONGEST,
                wrong: "is missing",
            },
        ],
        steps: &[
            "Use a mailbox of its own, or a folder into which answers are sorted: nothing in it is moved or deleted.",
            "Gmail: turn on IMAP and make an app password. Microsoft 365 allows no passwords: use forwarding instead.",
        ],
    };

    /// Logs in and opens the folder: the way as it is stored, and the place after the mails that are there.
    ///
    /// # Errors
    /// The field that is to blame, with the end of a sentence.
    pub async fn tried(&self, entered: &Credentials, folder: &str) -> Result<(InboundWay, InboundCursor), WrongField> {
        let account = account_of(entered, folder)?;
        let opened = self.imap.open(&account).await.map_err(blamed)?;
        let cursor = InboundCursor { uid_validity: opened.uid_validity, last_uid: opened.uid_next.saturating_sub(1) };
        opened.close().await;
        let [url, user] = [URL, USER].map(|name| entered.get(name).trim());
        let secrets = Credentials::from([(PASSWORD, entered.get(PASSWORD))]);
        let way = InboundWay::Imap {
            account: Credentials::from([(URL, url), (USER, user)]).0,
            folder: folder.to_owned(),
            secret: self.seal().close(&credentials_text(&secrets), &*self.core.chance),
        };
        Ok((way, cursor))
    }

    /// The stored credentials of a mailbox; none for another way, and if `secret.key` has changed since.
    pub fn credentials(&self, way: &InboundWay) -> Option<Credentials> {
        let InboundWay::Imap { account, secret, .. } = way else { return None };
        let mut credentials = credentials_of(self.seal().open(secret)?, PASSWORD);
        credentials.0.extend(account.clone());
        Some(credentials)
    }

    /// Whether two credentials are of one user of one server, so that a password for one is one for the other.
    pub fn is_same_login(known: &Credentials, other: &Credentials) -> bool {
        let server = |of: &Credentials| Server::parse(of.get(URL));
        let is_same_server = server(known).is_ok_and(|known| server(other) == Ok(known));
        is_same_server && known.get(USER) == other.get(USER).trim()
    }

    /// A new secret for the address of a mail provider's requests, and the way as it is stored.
    pub fn new_hook(&self) -> (RawSecret, InboundWay) {
        let (secret, hash) = new_secret(&*self.core.chance, "");
        (secret, InboundWay::Hook { secret: hex::encode(hash.0) })
    }

    /// The folder of a way; none where there is none, or its password cannot be read.
    pub(crate) fn account(&self, way: &InboundWay) -> Option<Account> {
        let InboundWay::Imap { folder, .. } = way else { return None };
        account_of(&self.credentials(way)?, folder).ok()
    }

    fn seal(&self) -> Seal<'_> {
        Seal { key: &self.core.key, purpose: PURPOSE, of: b"" }
    }
}

fn account_of(entered: &Credentials, folder: &str) -> Result<Account, WrongField> {
    let wrong = |field: &'static str, reason: &str| WrongField { field, reason: reason.to_owned() };
    let server = Server::parse(entered.get(URL)).map_err(|reason| wrong(URL, reason))?;
    let [user, password] = [entered.get(USER).trim(), entered.get(PASSWORD)];
    for (field, value) in [(USER, user), (PASSWORD, password), (FOLDER, folder)] {
        if value.is_empty() {
            return Err(wrong(field, "is missing"));
        }
        if value.chars().any(char::is_control) {
            return Err(wrong(field, "contains a line end or another control character"));
        }
    }
    Ok(Account { server, user: user.to_owned(), password: password.to_owned(), folder: folder.to_owned() })
}

fn blamed(failure: Failure) -> WrongField {
    let (field, reason) = match failure {
        Failure::Unauthorized => (PASSWORD, "is not accepted there, or the user is not known".to_owned()),
        Failure::NoFolder => (FOLDER, "is not in this mailbox".to_owned()),
        failure => (URL, format!("cannot be used: {failure}")),
    };
    WrongField { field, reason }
}
