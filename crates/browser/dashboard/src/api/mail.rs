//! Mails, sending failed ones again, the mail server and its test, and answers by mail.

use knock_wire::{
    InboundMailDraft, InboundMailSettings, Mail, MailPage, MailServerDraft, MailServerSettings, MailServerTest,
    MailServerTested, SendAgainAsk,
};

use super::{Client, Failure, Method, PAGE, json, push};

const INBOUND: &str = "/api/v1/mail/inbound";
const SERVER: &str = "/api/v1/mail/server";

impl Client {
    /// How answers to mails arrive, and the state of it.
    pub(crate) async fn inbound_mail(&self) -> Result<InboundMailSettings, Failure> {
        self.get(INBOUND.to_owned()).await
    }

    /// Sets up how answers to mails arrive, or changes it.
    pub(crate) async fn set_up_inbound_mail(&self, draft: &InboundMailDraft) -> Result<InboundMailSettings, Failure> {
        self.ask(Method::Put, INBOUND.to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn remove_inbound_mail(&self) -> Result<(), Failure> {
        self.done(Method::Delete, INBOUND.to_owned(), None).await
    }

    /// Looks into the mailbox now.
    pub(crate) async fn check_inbound_mail(&self) -> Result<InboundMailSettings, Failure> {
        self.ask(Method::Post, format!("{INBOUND}/check"), None).await
    }

    /// The mail server, and where it is set.
    pub(crate) async fn mail_server(&self) -> Result<MailServerSettings, Failure> {
        self.get(SERVER.to_owned()).await
    }

    /// Sets up the mail server, or changes it.
    pub(crate) async fn set_up_mail_server(&self, draft: &MailServerDraft) -> Result<MailServerSettings, Failure> {
        self.ask(Method::Put, SERVER.to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn remove_mail_server(&self) -> Result<(), Failure> {
        self.done(Method::Delete, SERVER.to_owned(), None).await
    }

    /// Sends a test mail by a server that need not be saved.
    pub(crate) async fn test_mail_server(&self, ask: &MailServerTest) -> Result<MailServerTested, Failure> {
        self.ask(Method::Post, format!("{SERVER}/test"), Some(json(ask)?)).await
    }

    /// A page of mails in a state, of all mails if the state is empty; newest first.
    pub(crate) async fn mails(&self, state: &str, before: Option<&str>) -> Result<MailPage, Failure> {
        self.get(mail_path(PAGE, state, before)).await
    }

    /// Sends a test mail to the signed-in member.
    pub(crate) async fn test_mail(&self) -> Result<(), Failure> {
        self.done(Method::Post, "/api/v1/mail/test".to_owned(), None).await
    }

    /// The mail with a number; none once it has expired.
    pub(crate) async fn mail(&self, number: i64) -> Result<Option<Mail>, Failure> {
        let before = number.saturating_add(1).to_string();
        let page: MailPage = self.get(mail_path(1, "", Some(&before))).await?;
        Ok(page.mails.into_iter().find(|mail| mail.number == number))
    }

    /// Retries a parked mail; without a number, all of them.
    pub(crate) async fn send_again(&self, number: Option<i64>) -> Result<(), Failure> {
        self.post("/api/v1/mail/send-again".to_owned(), json(&SendAgainAsk { number })?).await
    }
}

fn mail_path(limit: usize, state: &str, before: Option<&str>) -> String {
    let mut path = format!("/api/v1/mail?limit={limit}");
    push(&mut path, "state", Some(state));
    push(&mut path, "before", before);
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_page_goes_on_below_a_number() {
        assert_eq!(mail_path(PAGE, "", None), "/api/v1/mail?limit=50");
        assert_eq!(mail_path(1, "", Some("8")), "/api/v1/mail?limit=1&before=8");
        assert_eq!(mail_path(PAGE, "failed", Some("8")), "/api/v1/mail?limit=50&state=failed&before=8");
    }
}
