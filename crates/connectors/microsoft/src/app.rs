//! The app in Microsoft Entra that asks members for their consent: an admin registers it once.

use knock_ports::{CredentialField, CredentialForm, Credentials, WrongField};
use std::fmt;
use uuid::Uuid;

/// The names of the parts of an app in credentials.
pub const CLIENT_ID: &str = "client_id";
pub const CLIENT_SECRET: &str = "client_secret";
pub const TENANT: &str = "tenant";

/// Any account of any organization, and personal ones: what an app without a tenant of its own asks.
const ANY_ACCOUNT: &str = "common";
/// The audiences that the identity platform names instead of a tenant.
const AUDIENCES: [&str; 3] = [ANY_ACCOUNT, "organizations", "consumers"];
/// The longest domain name (RFC 1035 2.3.4).
const LONGEST_DOMAIN: usize = 253;

const WRONG_ID: &str =
    "is no Application (client) ID, such as 6731de76-14a6-49ae-97bc-6eba6914391e: it stands on the app's overview";
const WRONG_SECRET: &str = "is no client secret: it is the Value, which Entra shows once";
const SECRET_ID: &str = "is the Secret ID: the Value beside it is needed, which Entra shows once";
const WRONG_TENANT: &str = "is none of common, organizations, a Directory (tenant) ID and a domain of the organization";

pub(crate) const FORM: CredentialForm = CredentialForm {
    fields: &[
        CredentialField {
            name: CLIENT_ID,
            label: "Application (client) ID",
            hint: "From the overview of the app.",
            is_secret: false,
            longest: 60,
            wrong: WRONG_ID,
        },
        CredentialField {
            name: CLIENT_SECRET,
            label: "Client secret",
            hint: "The Value, not the Secret ID.",
            is_secret: true,
            longest: 200,
            wrong: WRONG_SECRET,
        },
        CredentialField {
            name: TENANT,
            label: "Tenant",
            hint: "The Directory (tenant) ID or domain of a single organization; organizations for work accounts of any; empty for all accounts.",
            is_secret: false,
            longest: LONGEST_DOMAIN,
            wrong: WRONG_TENANT,
        },
    ],
    steps: &[
        "In the Microsoft Entra admin center, open App registrations and choose New registration.",
        "Choose the accounts: of this organization only, of any organization, or personal ones too.",
        "As redirect URI, choose the platform Web and the address shown here, which ends in /hooks/microsoft/oauth.",
        "Register. Copy the Application (client) ID; if accounts are of one organization only, the Directory (tenant) ID too.",
        "Under API permissions, add Microsoft Graph, Delegated permissions: Calendars.ReadWrite, Calendars.Read.Shared, User.Read, offline_access. If members may not consent for themselves, grant admin consent there.",
        "Under Certificates & secrets, add a client secret and copy its Value at once. It ends after 24 months at most: note the day, a new one is needed by then.",
        "Paste them here.",
    ],
};

/// An app, as Microsoft knows it.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) tenant: String,
}

impl fmt::Debug for App {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let App { client_id, tenant, .. } = self;
        out.debug_struct("App").field("client_id", client_id).field("tenant", tenant).finish_non_exhaustive()
    }
}

impl App {
    pub(crate) fn of(app: &Credentials) -> App {
        let tenant = if app.get(TENANT).is_empty() { ANY_ACCOUNT } else { app.get(TENANT) }.to_owned();
        App { client_id: app.get(CLIENT_ID).to_owned(), client_secret: app.get(CLIENT_SECRET).to_owned(), tenant }
    }
}

/// The app in its stored form.
///
/// # Errors
/// The first field that cannot be right.
pub(crate) fn checked(entered: &Credentials) -> Result<Credentials, WrongField> {
    let wrong = |field, reason: &str| WrongField { field, reason: reason.to_owned() };
    let [id, secret, tenant] = [CLIENT_ID, CLIENT_SECRET, TENANT].map(|name| entered.get(name).trim());
    let id = Uuid::try_parse(id).map_err(|_| wrong(CLIENT_ID, WRONG_ID))?.hyphenated().to_string();
    if Uuid::try_parse(secret).is_ok() {
        return Err(wrong(CLIENT_SECRET, SECRET_ID));
    }
    if secret.is_empty() || secret.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(wrong(CLIENT_SECRET, WRONG_SECRET));
    }
    let tenant = if tenant.is_empty() { ANY_ACCOUNT.to_owned() } else { tenant.to_lowercase() };
    if !is_tenant(&tenant) {
        return Err(wrong(TENANT, WRONG_TENANT));
    }
    Ok(Credentials::from([(CLIENT_ID, id.as_str()), (CLIENT_SECRET, secret), (TENANT, tenant.as_str())]))
}

/// Whether it names a tenant or an audience. It is a part of a path: nothing else may stand in it.
fn is_tenant(tenant: &str) -> bool {
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_domain = || tenant.len() <= LONGEST_DOMAIN && tenant.contains('.') && tenant.split('.').all(is_label);
    AUDIENCES.contains(&tenant) || Uuid::try_parse(tenant).is_ok_and(|_| is_label(tenant)) || is_domain()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "6731de76-14a6-49ae-97bc-6eba6914391e";

    fn entered(id: &str, secret: &str, tenant: &str) -> Credentials {
        Credentials::from([(CLIENT_ID, id), (CLIENT_SECRET, secret), (TENANT, tenant)])
    }

    #[test]
    fn an_app_is_stored_as_microsoft_writes_it() {
        let upper = ID.to_uppercase();
        for (tenant, expected) in [
            ("", "common"),
            (" Organizations ", "organizations"),
            ("Contoso.OnMicrosoft.com", "contoso.onmicrosoft.com"),
            (ID, ID),
        ] {
            let stored = checked(&entered(&upper, " s~cret ", tenant)).expect("an app");
            assert!(stored == entered(ID, "s~cret", expected), "{tenant}");
        }
    }

    #[test]
    fn the_first_field_that_cannot_be_right_is_named() {
        for (id, secret, tenant, field) in [
            ("", "secret", "", CLIENT_ID),
            ("knock", "secret", "", CLIENT_ID),
            (ID, "", "", CLIENT_SECRET),
            (ID, "two words", "", CLIENT_SECRET),
            (ID, ID, "", CLIENT_SECRET),
            (ID, "secret", "contoso", TENANT),
            (ID, "secret", "contoso.com/../x", TENANT),
            (ID, "secret", ".com", TENANT),
            (ID, "secret", "{6731de76-14a6-49ae-97bc-6eba6914391e}", TENANT),
        ] {
            assert_eq!(
                checked(&entered(id, secret, tenant)).expect_err("wrong").field,
                field,
                "{id} {secret} {tenant}"
            );
        }
    }

    #[test]
    fn nothing_secret_is_in_debug_output() {
        assert!(!format!("{:?}", App::of(&entered(ID, "geheim", ""))).contains("geheim"));
    }
}
