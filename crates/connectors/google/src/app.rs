//! The app at Google that asks for a member's consent: its form, and the steps of its set-up.

use knock_ports::{CredentialField, CredentialForm, Credentials, WrongField};

/// The names of the parts of an app in credentials.
pub const CLIENT_ID: &str = "client_id";
pub const CLIENT_SECRET: &str = "client_secret";

/// The longest part, in bytes.
const LONGEST: usize = 300;

pub(crate) const FORM: CredentialForm = CredentialForm {
    fields: &[
        CredentialField {
            name: CLIENT_ID,
            label: "Client ID",
            hint: "Usually it ends in .apps.googleusercontent.com.",
            is_secret: false,
            longest: LONGEST,
            wrong: "is no client ID: copy it from Clients in the Google Cloud console",
        },
        CredentialField {
            name: CLIENT_SECRET,
            label: "Client secret",
            hint: "",
            is_secret: true,
            longest: LONGEST,
            wrong: "is no client secret: copy it from Clients in the Google Cloud console",
        },
    ],
    steps: &[
        "In the Google Cloud console, create a project.",
        "Under APIs & Services, Library, enable the Google Calendar API.",
        "Under Google Auth Platform, Branding, enter a name for the app and your address.",
        "Under Audience, choose Internal if all members have accounts of your Google Workspace. Otherwise choose External and publish the app, so that its status is In production: as long as it is Testing, Google ends every access after 7 days.",
        "Under Data Access, add the scopes that are listed here.",
        "Under Clients, create a client of the type Web application with the redirect URI that is shown here.",
        "Paste its client ID and its client secret here.",
        "Until Google has verified an External app, it warns before the consent, and at most 100 accounts can give it.",
    ],
};

/// An app, as Google knows it.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

impl From<&Credentials> for App {
    fn from(app: &Credentials) -> App {
        App { client_id: app.get(CLIENT_ID).to_owned(), client_secret: app.get(CLIENT_SECRET).to_owned() }
    }
}

/// The app in its stored form.
///
/// # Errors
/// The first field that cannot be right.
pub(crate) fn checked(entered: &Credentials) -> Result<Credentials, WrongField> {
    let mut checked = Credentials::default();
    for field in FORM.fields {
        let value = entered.get(field.name).trim();
        let is_token =
            !value.is_empty() && value.len() <= field.longest && value.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_token {
            return Err(WrongField { field: field.name, reason: field.wrong.to_owned() });
        }
        checked.0.insert(field.name.to_owned(), value.to_owned());
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_app_are_single_words() {
        let fault = |id: &str, secret: &str| {
            checked(&Credentials::from([(CLIENT_ID, id), (CLIENT_SECRET, secret)])).err().map(|wrong| wrong.field)
        };
        let id = "1234-abc.apps.googleusercontent.com";
        for (client_id, secret, expected) in [
            (id, "GOCSPX-1", None),
            (" 1234-abc.apps.example \n", "GOCSPX-1", None),
            ("", "GOCSPX-1", Some(CLIENT_ID)),
            ("two words", "GOCSPX-1", Some(CLIENT_ID)),
            (id, "", Some(CLIENT_SECRET)),
            (id, "caf\u{e9}", Some(CLIENT_SECRET)),
            (id, &"x".repeat(LONGEST + 1), Some(CLIENT_SECRET)),
        ] {
            assert_eq!(fault(client_id, secret), expected, "{client_id} {secret}");
        }
    }

    #[test]
    fn stored_parts_have_no_blanks_around_them() {
        let stored = checked(&Credentials::from([(CLIENT_ID, " id "), (CLIENT_SECRET, "secret\n")])).expect("an app");
        assert_eq!(stored, Credentials::from([(CLIENT_ID, "id"), (CLIENT_SECRET, "secret")]));
    }
}
