//! Installing an app at a vendor (OAuth 2.0): the `state` that goes out with a browser and comes back once.

use crate::{Core, Seal, hash, new_secret};
use knock_engine::CommitError;
use knock_engine::commands::{BeginOauth, OAUTH_LIFE, OauthTaken, TakeOauth};
use knock_ports::{OauthAttempt, SecretHash};
use knock_wire::RawSecret;
use serde::Serialize;
use serde::de::DeserializeOwned;

const PURPOSE: &str = "oauth";

/// Where an installation belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Installer {
    /// The vendor's part of addresses, and what its attempts are stored under.
    pub vendor: &'static str,
    /// The page of the dashboard that an installation begins at and comes back to.
    pub page: &'static str,
    /// The parameter in the address of the page that names the vendor, where the page has several.
    pub parameter: Option<&'static str>,
}

impl Installer {
    /// The address to which the vendor redirects the browser.
    pub fn redirect_uri(self, core: &Core) -> String {
        format!("{}/hooks/{}/oauth", core.address.url, self.vendor)
    }
}

/// The reason for which an installation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
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
pub async fn begin(
    core: &Core,
    installer: Installer,
    session: SecretHash,
    app: &impl Serialize,
) -> Result<RawSecret, CommitError> {
    let (state, hashed) = new_secret(&*core.chance, "");
    let (hashed, now) = (hex::encode(hashed.0), core.clock.now());
    let app = serde_json::to_string(app).expect("an app has JSON");
    let app = seal(core, &hashed).close(&app, &*core.chance);
    let attempt = OauthAttempt { state: hashed, session: hex::encode(session.0), app, expires_at: now + OAUTH_LIFE };
    core.writer.commit(BeginOauth { vendor: installer.vendor, attempt, now }).await?;
    Ok(state)
}

/// Redeems a `state` that was issued in the same browser session; the answer is the app.
///
/// # Errors
/// When the database fails.
pub async fn take<A: DeserializeOwned>(
    core: &Core,
    installer: Installer,
    session: SecretHash,
    state: &str,
) -> Result<Result<A, Stopped>, CommitError> {
    let state = hex::encode(hash(state).0);
    let (session, now) = (hex::encode(session.0), core.clock.now());
    let command = TakeOauth { vendor: installer.vendor, state: state.clone(), session, now };
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

fn seal<'s>(core: &'s Core, state: &'s str) -> Seal<'s> {
    Seal { key: &core.key, purpose: PURPOSE, of: state.as_bytes() }
}
