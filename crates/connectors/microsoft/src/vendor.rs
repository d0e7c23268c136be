//! Microsoft as a provider of calendars: accounts are connected by a consent alone.

use crate::account::{EMAIL, MicrosoftAccount, USER_ID};
use crate::app::App;
use crate::graph::Graph;
use crate::identity::Identity;
use crate::mirror::Mirrors;
use knock_model::CalendarProvider;
use knock_outbound::Outbound;
use knock_ports::{
    CalendarAccount, CalendarFailure, CalendarOauth, CalendarVendor, Clock, CredentialForm, Credentials, TokenStore,
    WrongField,
};
use std::sync::Arc;
use url::Url;

/// The address of Microsoft Graph, for all but the national clouds.
pub const API_URL: &str = "https://graph.microsoft.com/v1.0";

const BY_CONSENT: &str = "an account is connected by signing in at Microsoft";

/// The addresses of Microsoft.
#[derive(Clone, Debug)]
pub struct VendorSettings {
    /// The address of Graph with its version, as in [`API_URL`], or a gateway.
    pub api_url: Url,
    /// The address of the identity platform, as in [`crate::AUTHORITY_URL`]: tenants are below it.
    pub authority_url: Url,
}

/// Microsoft 365 and Outlook.com.
pub struct MicrosoftVendor {
    pub(crate) settings: VendorSettings,
    pub(crate) outbound: Outbound,
    pub(crate) clock: Arc<dyn Clock>,
}

impl MicrosoftVendor {
    /// Microsoft at these addresses.
    pub fn new(outbound: Outbound, clock: Arc<dyn Clock>, settings: VendorSettings) -> MicrosoftVendor {
        MicrosoftVendor { settings, outbound, clock }
    }

    pub(crate) fn identity(&self, app: &Credentials) -> Identity {
        let (outbound, clock) = (self.outbound.clone(), Arc::clone(&self.clock));
        Identity::new(outbound, clock, self.settings.authority_url.clone(), App::of(app))
    }

    pub(crate) fn account(
        &self,
        app: &Credentials,
        account: &Credentials,
        tokens: Arc<dyn TokenStore>,
    ) -> Arc<dyn CalendarAccount> {
        let graph = Graph::new(self.outbound.clone(), self.settings.api_url.clone(), self.identity(app), tokens);
        Arc::new(MicrosoftAccount { graph, email: account.get(EMAIL).to_owned(), mirrors: Mirrors::default() })
    }
}

impl CalendarVendor for MicrosoftVendor {
    fn provider(&self) -> CalendarProvider {
        CalendarProvider::Microsoft
    }

    fn credentials(&self) -> Option<CredentialForm> {
        None
    }

    fn checked(&self, _: &Credentials) -> Result<Credentials, WrongField> {
        Err(WrongField { field: EMAIL, reason: format!("cannot be entered: {BY_CONSENT}") })
    }

    fn is_same_login(&self, known: &Credentials, other: &Credentials) -> bool {
        !known.get(USER_ID).is_empty() && known.get(USER_ID) == other.get(USER_ID)
    }

    fn name(&self, account: &Credentials) -> String {
        account.get(EMAIL).to_owned()
    }

    fn conferences(&self) -> Option<&'static str> {
        Some("Microsoft Teams")
    }

    fn open(&self, _: &Credentials) -> Result<Arc<dyn CalendarAccount>, String> {
        Err(BY_CONSENT.to_owned())
    }

    fn blamed(&self, failure: &CalendarFailure) -> WrongField {
        WrongField { field: EMAIL, reason: format!("cannot be used: {failure}") }
    }

    fn oauth(&self) -> Option<&dyn CalendarOauth> {
        Some(self)
    }
}
