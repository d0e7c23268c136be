//! The apps that ask for consents: those of the configuration, which count first, and those that an admin enters.

use crate::accounts::Accounts;
use crate::draft::field_error;
use knock_context::{Seal, credentials_of, credentials_text};
use knock_model::CalendarProvider;
use knock_ports::{CalendarApp, CalendarOauth, Credentials, StoreError, View};
use knock_wire::{FieldError, RawSecret};
use std::collections::BTreeMap;

const PURPOSE: &str = "calendar-app";
/// The field with the public id of an app (RFC 6749 2.2): secrets belong to it.
const CLIENT_ID: &str = "client_id";

impl Accounts {
    /// The app of a provider in the configuration; none if an admin enters it.
    pub fn configured_app(&self, provider: CalendarProvider) -> Option<&Credentials> {
        let known = self.vendors.iter().find(|known| known.vendor.provider() == provider)?;
        Some(&known.app).filter(|app| !app.is_empty())
    }

    /// The app that asks for consents; none while there is none, or if `secret.key` has changed since it was entered.
    ///
    /// # Errors
    /// When the database fails.
    pub fn app(&self, view: &dyn View, provider: CalendarProvider) -> Result<Option<Credentials>, StoreError> {
        if let Some(app) = self.configured_app(provider) {
            return Ok(Some(app.clone()));
        }
        Ok(view.calendar_app(provider)?.and_then(|app| self.opened_app(provider, &app)))
    }

    /// An app as it is stored, of what an admin entered. Secrets that are absent stay as long as the public id does.
    ///
    /// # Errors
    /// The first field that cannot be right.
    pub fn entered_app(
        &self,
        provider: CalendarProvider,
        oauth: &dyn CalendarOauth,
        entered: &BTreeMap<String, RawSecret>,
        known: Option<&CalendarApp>,
    ) -> Result<CalendarApp, FieldError> {
        let fields = oauth.app().fields;
        if let Some(name) = entered.keys().find(|name| fields.iter().all(|field| field.name != name.as_str())) {
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            return Err(FieldError { pointer, reason: "is no field of the app of this provider".to_owned() });
        }
        let trimmed = |(name, value): (&String, &RawSecret)| (name.clone(), value.reveal().trim().to_owned());
        let mut app = Credentials(entered.iter().map(trimmed).filter(|(_, value)| !value.is_empty()).collect());
        let same = known.filter(|known| known.values.get(CLIENT_ID).is_some_and(|id| id == app.get(CLIENT_ID)));
        let before = same.and_then(|known| self.opened_app(provider, known)).unwrap_or_default();
        let is_secret = |name: &str| fields.iter().any(|field| field.is_secret && field.name == name);
        for (name, value) in before.0.iter().filter(|(name, _)| is_secret(name)) {
            app.0.entry(name.clone()).or_insert_with(|| value.clone());
        }
        for field in fields {
            let value = app.get(field.name);
            let error = |reason: String| Err(FieldError { pointer: format!("/{}", field.name), reason });
            if value.is_empty() && (field.is_secret || field.name == CLIENT_ID) {
                return error(field.wrong.to_owned());
            }
            if value.len() > field.longest {
                return error(format!("is longer than {} bytes", field.longest));
            }
        }
        let app = oauth.checked_app(&app).map_err(field_error)?;
        let (secrets, values): (BTreeMap<_, _>, BTreeMap<_, _>) =
            app.0.into_iter().partition(|(name, _)| is_secret(name));
        let is_kept = secrets.iter().all(|(name, value)| before.get(name) == value);
        let secret = match same.filter(|_| is_kept) {
            Some(known) => known.secret.clone(),
            None => seal(self, provider).close(&credentials_text(&Credentials(secrets)), &*self.core.chance),
        };
        Ok(CalendarApp { values, secret })
    }

    fn opened_app(&self, provider: CalendarProvider, app: &CalendarApp) -> Option<Credentials> {
        let mut credentials = credentials_of(seal(self, provider).open(&app.secret)?, "client_secret");
        credentials.0.extend(app.values.clone());
        Some(credentials)
    }
}

fn seal(accounts: &Accounts, provider: CalendarProvider) -> Seal<'_> {
    Seal { key: &accounts.core.key, purpose: PURPOSE, of: provider.as_str().as_bytes() }
}
