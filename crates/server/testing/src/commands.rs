//! Subcommands beside a server: API keys and sign-in links, as created by an operator.

use crate::{JSON, Reply, Site, TestServer};
use serde_json::json;
use std::process::Output;
use std::sync::PoisonError;

impl TestServer {
    /// Runs a subcommand on the same data.
    pub fn command(&self, args: &[&str]) -> Output {
        self.setup.command(args).output().expect("the binary runs")
    }

    /// Returns an API key of a role, named as in `--role`; created by the first call.
    pub fn key(&self, role: &str) -> String {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.entry(role.to_owned()).or_insert_with(|| self.printed(&["api-key", "create", "--role", role])).clone()
    }

    /// Returns an API key with all rights.
    pub fn admin_key(&self) -> String {
        self.key("admin")
    }

    /// Returns the secret of a new sign-in link of the first admin.
    pub fn login_link(&self) -> String {
        let printed = self.printed(&["login-link"]);
        let link = printed.lines().next().and_then(|line| line.split_once("token="));
        link.unwrap_or_else(|| panic!("no link: {printed}")).1.to_owned()
    }

    /// Signs in with the secret of a link.
    pub fn sign_in(&self, token: &str) -> Reply {
        let body = json!({"token": token}).to_string();
        self.send("POST", "/api/v1/session", &[JSON, ("origin", &self.url)], Some(body.as_bytes()))
    }

    /// Returns the cookie of a new session of the first admin.
    pub fn session(&self) -> String {
        let reply = self.sign_in(&self.login_link());
        reply.cookie().unwrap_or_else(|| panic!("no session: {}", reply.body)).to_owned()
    }

    /// Returns the key of the demo site.
    pub fn site(&self) -> String {
        let sites = self.get("/api/v1/sites", &self.admin_key()).body;
        sites["sites"][0]["key"].as_str().unwrap_or_else(|| panic!("no site: {sites}")).to_owned()
    }

    /// Returns the demo site.
    pub fn demo_site(&self) -> Site {
        Site::new(&self.site())
    }

    fn printed(&self, args: &[&str]) -> String {
        let ended = self.command(args);
        assert!(ended.status.success(), "{args:?}: {ended:?}");
        String::from_utf8(ended.stdout).expect("text").trim().to_owned()
    }
}
