//! Installing an app at a vendor (OAuth 2.0): the `state` that goes out with a browser and comes back once.

use crate::context::AppContext;
use crate::sealed::Seal;
use crate::secret::{hash, new_secret};
use knock_engine::CommitError;
use knock_engine::commands::{BeginOauth, OAUTH_LIFE, OauthTaken, TakeOauth};
use knock_ports::{OauthAttempt, SecretHash};
use knock_wire::RawSecret;
use serde::Serialize;
use serde::de::DeserializeOwned;

const PURPOSE: &str = "oauth";

/// The vendor of an installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vendor {
    Slack,
    HubSpot,
}

impl Vendor {
    /// Its part of addresses, and what its attempts are stored under.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Vendor::Slack => "slack",
            Vendor::HubSpot => "hubspot",
        }
    }

    /// The page of the dashboard that an installation begins at and comes back to.
    pub(crate) const fn page(self) -> &'static str {
        match self {
            Vendor::Slack => "/app/settings/slack",
            Vendor::HubSpot => "/app/settings/crm",
        }
    }

    /// The address to which the vendor redirects the browser.
    pub(crate) fn redirect_uri(self, core: &AppContext) -> String {
        format!("{}/hooks/{}/oauth", core.address.url, self.as_str())
    }
}

/// The reason for which an installation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// The installation began more than ten minutes ago.
    Expired,
    /// The installation was completed before, or never began here.
    Unknown,
    /// Another session began it.
    Foreign,
}

/// Begins an installation; the answer is its `state`, which comes back with the code. The app is stored sealed.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn begin(
    core: &AppContext,
    vendor: Vendor,
    session: SecretHash,
    app: &impl Serialize,
) -> Result<RawSecret, CommitError> {
    let (state, hashed) = new_secret(&*core.chance, "");
    let (hashed, now) = (hex::encode(hashed.0), core.clock.now());
    let app = serde_json::to_string(app).expect("an app has JSON");
    let app = seal(core, &hashed).close(&app, &*core.chance);
    let attempt = OauthAttempt { state: hashed, session: hex::encode(session.0), app, expires_at: now + OAUTH_LIFE };
    core.writer.commit(BeginOauth { vendor: vendor.as_str(), attempt, now }).await?;
    Ok(state)
}

/// Redeems a `state` that was issued in the same browser session; the answer is the app.
///
/// # Errors
/// When the database fails.
pub(crate) async fn take<A: DeserializeOwned>(
    core: &AppContext,
    vendor: Vendor,
    session: SecretHash,
    state: &str,
) -> Result<Result<A, Stopped>, CommitError> {
    let state = hex::encode(hash(state).0);
    let (session, now) = (hex::encode(session.0), core.clock.now());
    let command = TakeOauth { vendor: vendor.as_str(), state: state.clone(), session, now };
    Ok(match core.writer.commit(command).await? {
        OauthTaken::App(sealed) => {
            let opened = seal(core, &state).open(&sealed).and_then(|text| serde_json::from_str(&text).ok());
            opened.ok_or(Stopped::Unknown)
        }
        OauthTaken::Expired => Err(Stopped::Expired),
        OauthTaken::Unknown => Err(Stopped::Unknown),
        OauthTaken::Foreign => Err(Stopped::Foreign),
    })
}

fn seal<'s>(core: &'s AppContext, state: &'s str) -> Seal<'s> {
    Seal { key: &core.key, purpose: PURPOSE, of: state.as_bytes() }
}
