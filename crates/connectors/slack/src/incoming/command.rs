//! Slash commands.

use super::{Unreadable, fields};

/// A request to the address for commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommandPost {
    /// Slack looks whether the address answers: 200 is enough.
    SslCheck,
    /// A command.
    Command(Command),
}

/// A command somebody gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The workspace.
    pub team: String,
    /// The app.
    pub app: String,
    /// The channel it was given in.
    pub channel: String,
    /// The user who gave it.
    pub user: String,
    /// Its name, such as `/knock`.
    pub name: String,
    /// The text after it.
    pub text: String,
    /// The id that opens a modal, for three seconds.
    pub trigger_id: String,
    /// The address for a response.
    pub response_url: String,
}

impl CommandPost {
    /// Reads the body of a request: a form.
    ///
    /// # Errors
    /// When a field that every command has is missing.
    pub fn parse(body: &[u8]) -> Result<CommandPost, Unreadable> {
        let mut fields = fields(body);
        if fields.get("ssl_check").is_some_and(|value| value == "1") {
            return Ok(CommandPost::SslCheck);
        }
        let mut must = |name: &str| {
            let value = fields.remove(name).filter(|value| !value.is_empty());
            value.ok_or_else(|| Unreadable::new(format!("the command has no {name}")))
        };
        let (team, channel, user) = (must("team_id")?, must("channel_id")?, must("user_id")?);
        let name = must("command")?;
        let mut may = |name: &str| fields.remove(name).unwrap_or_default();
        let (app, text) = (may("api_app_id"), may("text").trim().to_owned());
        let (trigger_id, response_url) = (may("trigger_id"), may("response_url"));
        Ok(CommandPost::Command(Command { team, app, channel, user, name, text, trigger_id, response_url }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read() {
        let body = b"token=x&team_id=T1&team_domain=acme&channel_id=C1&channel_name=leads&user_id=U1&user_name=ann&\
            command=%2Fknock&text=links+a%26b+&api_app_id=A1&response_url=https%3A%2F%2Fhooks.slack.com%2Fc%2F1&trigger_id=1.2";
        let Ok(CommandPost::Command(command)) = CommandPost::parse(body) else { panic!("a command") };
        assert_eq!((&*command.name, &*command.text, &*command.user), ("/knock", "links a&b", "U1"));
        assert_eq!(command.response_url, "https://hooks.slack.com/c/1");
        assert_eq!(CommandPost::parse(b"ssl_check=1&token=x"), Ok(CommandPost::SslCheck));
        let error = CommandPost::parse(b"team_id=T1&channel_id=C1&command=%2Fknock").expect_err("incomplete");
        assert_eq!(error.to_string(), "the command has no user_id");
    }
}
