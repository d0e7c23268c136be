//! Who is signed in, and signing in and out.

use knock_wire::{LinkAnswer, LinkAsk, SessionStart, SessionState};

use super::{Client, Failure, Method, json, problem, read, refusal};

impl Client {
    /// Who is signed in.
    pub(crate) async fn session(&self) -> Result<SessionState, Failure> {
        self.get("/api/v1/session".to_owned()).await
    }

    /// Signs in by the token of a link; a used or expired one is `Refused`.
    pub(crate) async fn sign_in(&self, token: &str) -> Result<SessionState, Failure> {
        let start = SessionStart { token: token.to_owned().into() };
        let reply = self.send(Method::Post, "/api/v1/session".to_owned(), Some(json(&start)?)).await?;
        match reply.status_code {
            401 => Err(Failure::Refused(problem(&reply))),
            _ => read(&reply),
        }
    }

    /// Signs out.
    pub(crate) async fn sign_out(&self) -> Result<(), Failure> {
        let reply = self.send(Method::Delete, "/api/v1/session".to_owned(), None).await?;
        if reply.status_code < 400 || reply.status_code == 401 { Ok(()) } else { Err(refusal(&reply)) }
    }

    /// Asks for a sign-in link by mail; the answer does not tell whether it is a member's address.
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
    fn a_used_link_is_a_refusal_and_signs_nobody_out() {
        let (client, told) = client_answering(401);
        let answer = client.sign_in("used").now_or_never();
        assert!(matches!(answer, Some(Err(Failure::Refused(_)))), "{answer:?}");
        assert_eq!(told.load(Ordering::Relaxed), 0);
    }
}
