//! The session: signing in and out, the member's password, and the release of a copy.

use knock_wire::{
    LinkAnswer, LinkAsk, OutboundRelease, OutboundState, PasswordDraft, PasswordRemoval, PasswordSignIn, PasswordState,
    SessionStart, SessionState, SignInMethods,
};

use super::{Client, Failure, Method, json, problem, read, refusal};

impl Client {
    pub(crate) async fn session(&self) -> Result<SessionState, Failure> {
        self.get("/api/v1/session".to_owned()).await
    }

    /// Signs in by the token of a link; a used or expired one is `Refused`.
    pub(crate) async fn sign_in(&self, token: &str) -> Result<SessionState, Failure> {
        let start = SessionStart { token: token.to_owned().into() };
        self.begin_session("/api/v1/session", json(&start)?).await
    }

    pub(crate) async fn sign_in_methods(&self) -> Result<SignInMethods, Failure> {
        self.get("/api/v1/session/methods".to_owned()).await
    }

    /// Signs in by address and password; a wrong one is `Refused`.
    pub(crate) async fn sign_in_by_password(&self, email: String, password: String) -> Result<SessionState, Failure> {
        let body = json(&PasswordSignIn { email, password: password.into() })?;
        self.begin_session("/api/v1/session/password", body).await
    }

    async fn begin_session(&self, path: &str, body: String) -> Result<SessionState, Failure> {
        let reply = self.send(Method::Post, path.to_owned(), Some(body)).await?;
        match reply.status_code {
            401 => Err(Failure::Refused(problem(&reply))),
            _ => read(&reply),
        }
    }

    /// Whether the member has a password, and whether it can be used to sign in.
    pub(crate) async fn password(&self) -> Result<PasswordState, Failure> {
        self.get("/api/v1/password".to_owned()).await
    }

    pub(crate) async fn set_password(&self, draft: &PasswordDraft) -> Result<(), Failure> {
        self.done(Method::Put, "/api/v1/password".to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn remove_password(&self, current: String) -> Result<(), Failure> {
        self.post("/api/v1/password/remove".to_owned(), json(&PasswordRemoval { current: current.into() })?).await
    }

    pub(crate) async fn sign_out(&self) -> Result<(), Failure> {
        let reply = self.send(Method::Delete, "/api/v1/session".to_owned(), None).await?;
        if reply.status_code < 400 || reply.status_code == 401 { Ok(()) } else { Err(refusal(&reply)) }
    }

    /// What waits on a copy of a workspace.
    pub(crate) async fn outbound(&self) -> Result<OutboundState, Failure> {
        self.get("/api/v1/outbound".to_owned()).await
    }

    /// Lets a copy send, after what waits was discarded if that is wished.
    pub(crate) async fn release_outbound(&self, discard: bool) -> Result<OutboundState, Failure> {
        let body = json(&OutboundRelease { discard })?;
        self.ask(Method::Post, "/api/v1/outbound/release".to_owned(), Some(body)).await
    }

    /// Asks for a sign-in link by mail; the response does not reveal whether it is a member's address.
    pub(crate) async fn mail_link(&self, email: String) -> Result<LinkAnswer, Failure> {
        self.ask(Method::Post, "/api/v1/session/link".to_owned(), Some(json(&LinkAsk { email })?)).await
    }
}

#[cfg(test)]
mod tests {
    use crate::api::Failure;
    use crate::api::tests::client_answering;
    use futures_util::FutureExt;
    use std::sync::atomic::Ordering;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_used_link_is_a_refusal_and_signs_no_one_out() {
        let (client, lost) = client_answering(401);
        let answer = client.sign_in("used").now_or_never();
        assert!(matches!(answer, Some(Err(Failure::Refused(_)))), "{answer:?}");
        assert_eq!(lost.load(Ordering::Relaxed), 0);
    }
}
