//! CalDAV as a provider of calendars: the address of a server or of a calendar, a user and a password.

use crate::answers::Answers;
use crate::client::CalDav;
use crate::sign_in::Account;
use knock_model::CalendarProvider;
use knock_outbound::Outbound;
use knock_ports::{
    CalendarAccount, CalendarFailure, CalendarVendor, CredentialField, CredentialForm, Credentials, WrongField,
};
use std::sync::Arc;
use url::Url;

const URL: &str = "url";
const USER: &str = "user";
const PASSWORD: &str = "password";
/// The longest address, user or password, in bytes.
const LONGEST: usize = 2_000;

const FORM: CredentialForm = CredentialForm {
    fields: &[
        CredentialField {
            name: URL,
            label: "Address",
            hint: "Of the CalDAV server or of one calendar, such as https://cloud.example.com/remote.php/dav.",
            is_secret: false,
            longest: LONGEST,
            wrong: "is missing",
        },
        CredentialField {
            name: USER,
            label: "User",
            hint: "As you sign in there.",
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
    steps: &["Nextcloud, iCloud, Fastmail and many others offer their calendars by CalDAV."],
};

/// Any CalDAV server.
pub struct CalDavVendor {
    pub outbound: Outbound,
    /// The reader of answers.
    pub answers: Arc<dyn Answers>,
}

impl CalendarVendor for CalDavVendor {
    fn provider(&self) -> CalendarProvider {
        CalendarProvider::Caldav
    }

    fn credentials(&self) -> Option<CredentialForm> {
        Some(FORM)
    }

    fn checked(&self, entered: &Credentials) -> Result<Credentials, WrongField> {
        let [url, user] = [URL, USER].map(|name| entered.get(name).trim());
        let wrong = |reason: &str| WrongField { field: URL, reason: reason.to_owned() };
        let parsed = Url::parse(url).map_err(|_| wrong("is no address such as https://calendar.example.com"))?;
        if !matches!(parsed.scheme(), "https" | "http") {
            return Err(wrong("must begin with https:// or http://"));
        }
        if !parsed.username().is_empty() || parsed.password().is_some() {
            return Err(wrong("names a user: that and the password stand in fields of their own"));
        }
        self.outbound.guard().check(&parsed).map_err(wrong)?;
        Ok(Credentials::from([(URL, parsed.as_str()), (USER, user), (PASSWORD, entered.get(PASSWORD))]))
    }

    fn is_same_login(&self, known: &Credentials, other: &Credentials) -> bool {
        let origin = |of: &Credentials| Url::parse(of.get(URL).trim()).map(|url| url.origin());
        let is_same_server = origin(known).is_ok_and(|known| origin(other) == Ok(known));
        is_same_server && known.get(USER) == other.get(USER).trim()
    }

    fn name(&self, account: &Credentials) -> String {
        let url = Url::parse(account.get(URL)).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or(account.get(URL));
        format!("{} at {host}", account.get(USER))
    }

    fn open(&self, credentials: &Credentials) -> Result<Arc<dyn CalendarAccount>, String> {
        let url = credentials.get(URL);
        let url = Url::parse(url).map_err(|error| format!("`{url}` is no address: {error}"))?;
        let [user, password] = [USER, PASSWORD].map(|name| credentials.get(name).to_owned());
        let account = Account { url, user, password };
        Ok(Arc::new(CalDav::new(self.outbound.clone(), Arc::clone(&self.answers), account)))
    }

    fn blamed(&self, failure: &CalendarFailure) -> WrongField {
        let (field, reason) = match failure {
            CalendarFailure::Unauthorized(_) => {
                (PASSWORD, "is not accepted there, or the user is not known".to_owned())
            }
            CalendarFailure::Gone(_) => {
                (URL, "leads to no calendar: the server knows nothing at this address".to_owned())
            }
            failure => (URL, format!("cannot be used: {failure}")),
        };
        WrongField { field, reason }
    }
}
