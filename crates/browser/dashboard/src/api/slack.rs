//! The Slack workspace: access, monitoring channel and state.

use knock_wire::{
    InstallStarted, RawSecret, SlackChannelDraft, SlackChannels, SlackConnect, SlackDraft, SlackInstall, SlackManifest,
    SlackSettings, SlackTested, SlackUsers,
};

use super::{Client, Failure, Method, encode, json};

const PATH: &str = "/api/v1/slack";

impl Client {
    /// The settings and the state of Slack.
    pub(crate) async fn slack(&self) -> Result<SlackSettings, Failure> {
        self.get(PATH.to_owned()).await
    }

    /// Sets the monitoring channel and the note mark.
    pub(crate) async fn save_slack(&self, draft: &SlackDraft) -> Result<SlackSettings, Failure> {
        self.ask(Method::Put, PATH.to_owned(), Some(json(draft)?)).await
    }

    /// Connects the workspace of a token.
    pub(crate) async fn connect_slack(
        &self,
        bot_token: RawSecret,
        signing_secret: RawSecret,
    ) -> Result<SlackSettings, Failure> {
        let body = json(&SlackConnect { bot_token, signing_secret })?;
        self.ask(Method::Post, format!("{PATH}/connect"), Some(body)).await
    }

    /// Starts the installation of an app.
    pub(crate) async fn install_slack(&self, app: &SlackInstall) -> Result<InstallStarted, Failure> {
        self.ask(Method::Post, format!("{PATH}/install"), Some(json(app)?)).await
    }

    /// Creates a channel and makes it the monitoring channel.
    pub(crate) async fn create_slack_channel(&self, name: String) -> Result<SlackSettings, Failure> {
        self.ask(Method::Post, format!("{PATH}/channels"), Some(json(&SlackChannelDraft { name })?)).await
    }

    /// Deletes the access.
    pub(crate) async fn disconnect_slack(&self) -> Result<(), Failure> {
        self.done(Method::Delete, PATH.to_owned(), None).await
    }

    /// The channels, as last listed.
    pub(crate) async fn slack_channels(&self) -> Result<SlackChannels, Failure> {
        self.get(format!("{PATH}/channels")).await
    }

    /// A page of the people of the workspace whose name or address contains a text.
    pub(crate) async fn slack_users(&self, query: &str, after: Option<&str>) -> Result<SlackUsers, Failure> {
        let wanted = [("query", query), ("after", after.unwrap_or_default())].into_iter();
        let wanted = wanted.filter(|(_, value)| !value.is_empty());
        let wanted: Vec<String> = wanted.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let mark = if wanted.is_empty() { "" } else { "?" };
        self.get(format!("{PATH}/users{mark}{}", wanted.join("&"))).await
    }

    /// The manifest from which Slack creates the app.
    pub(crate) async fn slack_manifest(&self) -> Result<SlackManifest, Failure> {
        self.get(format!("{PATH}/manifest")).await
    }

    /// Posts a message to the monitoring channel.
    pub(crate) async fn test_slack(&self) -> Result<SlackTested, Failure> {
        self.ask(Method::Post, format!("{PATH}/test"), None).await
    }
}
