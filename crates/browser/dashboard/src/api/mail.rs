//! What was mailed, and sending again what was given up.

use knock_wire::{Mail, MailPage, SendAgainAsk};

use super::{Client, Failure, PAGE, json, push};

impl Client {
    /// A page of mails, newest first.
    pub(crate) async fn mails(&self, before: Option<&str>) -> Result<MailPage, Failure> {
        self.get(mail_path(PAGE, before)).await
    }

    /// The mail with a number; none once it is no longer kept.
    pub(crate) async fn mail(&self, number: i64) -> Result<Option<Mail>, Failure> {
        let before = number.saturating_add(1).to_string();
        let page: MailPage = self.get(mail_path(1, Some(&before))).await?;
        Ok(page.mails.into_iter().find(|mail| mail.number == number))
    }

    /// Sends once more a mail that was given up, or all of them when there is no number.
    pub(crate) async fn send_again(&self, number: Option<i64>) -> Result<(), Failure> {
        self.post("/api/v1/mail/send-again".to_owned(), json(&SendAgainAsk { number })?).await
    }
}

fn mail_path(limit: usize, before: Option<&str>) -> String {
    let mut path = format!("/api/v1/mail?limit={limit}");
    push(&mut path, "before", before);
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_page_goes_on_below_a_number() {
        assert_eq!(mail_path(PAGE, None), "/api/v1/mail?limit=50");
        assert_eq!(mail_path(1, Some("8")), "/api/v1/mail?limit=1&before=8");
    }
}
