//! The people of a workspace.

use super::call::{Arguments, page};
use super::{Client, Page};
use crate::{Refusal, Token, User};
use serde::Deserialize;
use serde_json::Value;

/// Users on a page.
const USERS: u32 = 500;

#[derive(Deserialize)]
struct Members {
    members: Vec<User>,
    response_metadata: Option<Value>,
}

#[derive(Deserialize)]
struct One {
    user: User,
}

impl Client {
    /// All users, a page at a time (`users.list`).
    ///
    /// # Errors
    /// When Slack does not list them.
    pub async fn users(&self, token: &Token, cursor: Option<&str>) -> Result<Page<User>, Refusal> {
        let arguments = Arguments::new([("limit", USERS.to_string())]).and("cursor", cursor);
        let answer: Members = self.call(token, "users.list", arguments).await?;
        Ok(page(answer.members, answer.response_metadata.as_ref()))
    }

    /// A user (`users.info`).
    ///
    /// # Errors
    /// When Slack does not show them.
    pub async fn user(&self, token: &Token, user: &str) -> Result<User, Refusal> {
        let arguments = Arguments::new([("user", user.to_owned())]);
        self.call::<One>(token, "users.info", arguments).await.map(|answer| answer.user)
    }
}
