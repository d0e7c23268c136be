//! The Slack workspace: credentials, users, channels, and posts.

use crate::account::{App, Credentials};
use crate::channel_list::Channels;
use crate::directs::Directs;
use crate::limits::Limits;
use knock_context::{Core, Installer};
use knock_engine::commands::{NoteSlackProblem, NoteSlackSetup};
use knock_ports::{SlackIdentity, StoreError};
use knock_slack::{AuthTest, Broken, Client, Refusal, RefusalKind};
use knock_wire::SlackProblem;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, Semaphore};

/// The choice of a card that asks for a reason in a form.
pub const OTHER_REASON: &str = "other...";
/// The time limit for one call: several of them fit in an attempt at a delivery.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(6);

/// The way to Slack.
#[derive(Clone)]
pub struct Slack {
    pub core: Core,
    pub client: Client,
    /// The credentials of the configuration.
    configured: Option<Arc<Credentials>>,
    /// The app of the configuration.
    app: Option<Arc<App>>,
    pub(crate) channels: Arc<Channels>,
    pub(crate) directs: Arc<Directs>,
    pub(crate) limits: Arc<Limits>,
    /// The permit to inspect a file of a member.
    pub(crate) permits: Arc<Semaphore>,
    /// Bytes of a file at most.
    pub(crate) most_of_file: usize,
    /// Notified when something is worth asking Slack about.
    pub(crate) wake: Arc<Notify>,
}

impl Slack {
    /// The way by this client, with the credentials and the app of the configuration. Nothing is asked yet.
    pub fn new(
        core: &Core,
        client: Client,
        (configured, app): (Option<Credentials>, Option<App>),
        most_of_file: usize,
    ) -> Slack {
        let (configured, app, permits) = (configured.map(Arc::new), app.map(Arc::new), Arc::new(Semaphore::new(1)));
        let (core, channels, directs) = (core.clone(), Arc::default(), Arc::default());
        let (limits, wake) = (Arc::default(), Arc::default());
        Slack { core, client, configured, app, channels, directs, limits, permits, most_of_file, wake }
    }

    /// Where its installations belong.
    pub const INSTALLER: Installer = Installer { vendor: "slack", page: "/app/settings/slack", parameter: None };

    /// Whether token and signing secret stand in the configuration.
    pub fn is_configured(&self) -> bool {
        self.configured.is_some()
    }

    /// The setup that a start of the server records.
    pub fn setup(&self) -> NoteSlackSetup {
        NoteSlackSetup { is_configured: self.is_configured(), now: self.core.clock.now() }
    }

    /// The credentials of the workspace; none if it is not connected or they cannot be decrypted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn credentials(&self) -> Result<Option<Arc<Credentials>>, StoreError> {
        if let Some(configured) = &self.configured {
            return Ok(Some(Arc::clone(configured)));
        }
        let app = knock_context::read(Arc::clone(&self.core.store), |view| view.slack_app()).await?;
        let Some(app) = app else { return Ok(None) };
        let opened = Credentials::open(&app, &self.core.key);
        if opened.is_none() {
            let text = "what was stored cannot be read with the secret.key of this server; connect Slack again";
            let (kind, since) = ("secret".to_owned(), self.core.clock.now());
            let (channel, places) = (String::new(), Vec::new());
            self.note(SlackProblem { kind, channel, text: text.into(), since, places }, false).await;
        }
        Ok(opened.map(|opened| Arc::new(self.as_configured(opened))))
    }

    /// The credentials with the values of the configuration, which take precedence over those of the installation.
    fn as_configured(&self, stored: Credentials) -> Credentials {
        match &self.app {
            Some(app) => Credentials { signing_secret: app.signing_secret.clone(), ..stored },
            None => stored,
        }
    }

    /// The app that can be installed without asking for it: that of the configuration, or the one that is connected.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn known_app(&self) -> Result<Option<App>, StoreError> {
        match &self.app {
            Some(app) => Ok(Some(App::clone(app))),
            None => Ok(self.credentials().await?.and_then(|credentials| credentials.app())),
        }
    }

    /// Has Slack asked soon how things are.
    pub fn look(&self) {
        self.wake.notify_one();
    }

    /// Stores what a refusal says that a person has to mend, of a channel if it is about one.
    pub async fn note_refusal(&self, refusal: &Refusal, channel: &str) {
        self.note_broken(refusal, channel, false).await;
    }

    /// Stores why a check of a channel failed, unless the channel is not in use any more.
    pub async fn note_failed_check(&self, refusal: &Refusal, channel: &str) {
        self.note_broken(refusal, channel, true).await;
    }

    async fn note_broken(&self, refusal: &Refusal, channel: &str, is_check: bool) {
        let Some(kind) = problem_kind(refusal) else { return };
        let channel = if refusal.is_of_channel() { channel } else { "" };
        let (kind, channel, since) = (kind.to_owned(), channel.to_owned(), self.core.clock.now());
        let (text, places) = (refusal.words.clone(), Vec::new());
        self.note(SlackProblem { kind, channel, text, since, places }, is_check).await;
    }

    async fn note(&self, problem: SlackProblem, is_check: bool) {
        if let Err(error) = self.core.writer.commit(NoteSlackProblem { problem, is_check }).await {
            tracing::warn!("a problem with Slack could not be stored: {error}");
        }
    }
}

/// The stored part of a token's identity.
pub fn identity(test: &AuthTest) -> SlackIdentity {
    SlackIdentity {
        team_id: test.team_id.clone(),
        team: test.team.clone(),
        bot_user: test.user_id.clone(),
        bot: test.user.clone(),
        missing_scopes: test.missing_scopes().into_iter().map(str::to_owned).collect(),
    }
}

/// The kind of the problem that a refusal is; none if no one has to mend anything.
pub fn problem_kind(refusal: &Refusal) -> Option<&'static str> {
    Some(match refusal.broken()? {
        Broken::Token => "token",
        Broken::ChannelGone => "channel_gone",
        Broken::ChannelUnknown => "channel_unknown",
        Broken::NotInChannel => "not_in_channel",
        Broken::MissingScope(_) => "missing_scope",
    })
}

/// Whether asking the same again later may help without anybody here.
pub fn is_temporary(refusal: &Refusal) -> bool {
    matches!(refusal.kind, RefusalKind::Retry(_))
}
