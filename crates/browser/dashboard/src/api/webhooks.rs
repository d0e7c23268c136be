//! Webhooks, their deliveries and retries.

use knock_model::EventType;
use knock_wire::{
    Delivery, DeliveryPage, SampleAsk, SendAgainAsk, Webhook, WebhookDraft, WebhookEventList, WebhookList,
};

use super::{Client, Failure, Method, PAGE, json, push};

impl Client {
    pub(crate) async fn webhooks(&self) -> Result<WebhookList, Failure> {
        self.get("/api/v1/webhooks".to_owned()).await
    }

    /// Creates a webhook; replaces the one with an id, if it is not empty.
    pub(crate) async fn save_webhook(&self, id: &str, draft: &WebhookDraft) -> Result<Webhook, Failure> {
        let (method, path) = match id {
            "" => (Method::Post, "/api/v1/webhooks".to_owned()),
            id => (Method::Put, webhook_path(id, "")),
        };
        self.ask(method, path, Some(json(draft)?)).await
    }

    /// Removes a webhook with its deliveries.
    pub(crate) async fn remove_webhook(&self, id: &str) -> Result<(), Failure> {
        self.done(Method::Delete, webhook_path(id, ""), None).await
    }

    /// Sends a test event to a webhook.
    pub(crate) async fn test_webhook(&self, id: &str) -> Result<(), Failure> {
        self.done(Method::Post, webhook_path(id, "/test"), None).await
    }

    /// The types of events with their samples.
    pub(crate) async fn webhook_events(&self) -> Result<WebhookEventList, Failure> {
        self.get("/api/v1/webhooks/events".to_owned()).await
    }

    /// Sends a webhook the sample of an event.
    pub(crate) async fn send_sample(&self, id: &str, event: EventType) -> Result<(), Failure> {
        self.post(webhook_path(id, "/sample"), json(&SampleAsk { event })?).await
    }

    /// A page of deliveries, newest first.
    pub(crate) async fn deliveries(&self, id: &str, before: Option<&str>) -> Result<DeliveryPage, Failure> {
        self.get(delivery_path(id, PAGE, before)).await
    }

    /// The delivery with a number; none once it has expired.
    pub(crate) async fn delivery(&self, id: &str, number: i64) -> Result<Option<Delivery>, Failure> {
        let before = number.saturating_add(1).to_string();
        let page: DeliveryPage = self.get(delivery_path(id, 1, Some(&before))).await?;
        Ok(page.deliveries.into_iter().find(|delivery| delivery.number == number))
    }

    /// Retries a parked delivery; without a number, all of them.
    pub(crate) async fn retry_deliveries(&self, id: &str, number: Option<i64>) -> Result<(), Failure> {
        self.post(webhook_path(id, "/send-again"), json(&SendAgainAsk { number })?).await
    }
}

fn webhook_path(id: &str, end: &str) -> String {
    format!("/api/v1/webhooks/{id}{end}")
}

fn delivery_path(id: &str, limit: usize, before: Option<&str>) -> String {
    let mut path = webhook_path(id, &format!("/deliveries?limit={limit}"));
    push(&mut path, "before", before);
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_page_goes_on_below_a_number() {
        assert_eq!(delivery_path("a1", PAGE, None), "/api/v1/webhooks/a1/deliveries?limit=50");
        assert_eq!(delivery_path("a1", 1, Some("8")), "/api/v1/webhooks/a1/deliveries?limit=1&before=8");
    }
}
