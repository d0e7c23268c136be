//! The deliveries of a webhook: loaded page by page, refreshed while any is due, and retried.

use futures_util::FutureExt;
use knock_model::{DeliveryState, EventType, Millis};
use knock_wire::Delivery;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::HtmlElement;

use super::webhooks::Webhooks;
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::debounce::Debounce;
use crate::kit::paged::Paged;
use crate::state::session::{Session, use_session};
use crate::words::webhook::test_words;

/// The refresh interval while a delivery is due within a minute.
const SOON_MS: u64 = 2_000;
/// The refresh interval otherwise.
const LATER_MS: u64 = 30_000;

#[derive(Clone, Copy)]
pub(crate) struct Deliveries {
    session: Session,
    id: StoredValue<String>,
    /// Newest first.
    pub(crate) list: Paged<Delivery>,
    is_busy: RwSignal<bool>,
    /// The reason for which a retry failed.
    pub(crate) failure: RwSignal<Option<Failure>>,
    webhooks: Webhooks,
}

impl Deliveries {
    /// Loads the deliveries of the webhook with an id.
    pub(crate) fn start(id: String, webhooks: Webhooks) -> Deliveries {
        let (session, clock, id) = (use_session(), use_clock(), StoredValue::new(id));
        let look = move || webhooks.looks.update(|looks| *looks += 1);
        let (soon, later) = (Debounce::new(SOON_MS, look), Debounce::new(LATER_MS, look));
        let list = Paged::new(move |before| {
            let (client, id) = (session.client(), id.get_value());
            async move {
                let page = client.deliveries(&id, before.as_deref()).await?;
                // The page may have been left.
                if webhooks.looks.try_get_untracked().is_some() {
                    report_test(webhooks, &page.deliveries);
                    if before.is_none() {
                        // Only now: an outcome among them may have stopped the webhook.
                        webhooks.list.refresh();
                    }
                    match next_look(&page.deliveries, clock.instant()) {
                        Some(Look::Soon) => soon.ask(),
                        Some(Look::Later) => later.ask(),
                        None => {}
                    }
                }
                Ok((page.deliveries, page.next.map(|next| next.to_string())))
            }
            .boxed_local()
        });
        list.start();
        Effect::new(move |before: Option<u64>| {
            let looks = webhooks.looks.get();
            if before.is_some_and(|before| before != looks) {
                list.refresh();
            }
            looks
        });
        Deliveries { session, id, list, is_busy: RwSignal::new(false), failure: RwSignal::new(None), webhooks }
    }

    pub(crate) fn has_parked(self) -> bool {
        self.list.rows.all().iter().any(|row| row.value.with(|delivery| delivery.state == DeliveryState::Parked.into()))
    }

    /// Loads the first page again.
    pub(crate) fn look(self) {
        self.list.ask_anew();
    }

    /// Retries a parked delivery by number, or all; `focus` gets the focus, as the pressed button is removed.
    pub(crate) fn retry(self, number: Option<i64>, focus: Option<HtmlElement>) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let failure = self.ask_again(number).await.err();
            if self.is_busy.try_set(false).is_none() {
                if failure.is_none() {
                    let said =
                        if number.is_some() { "The delivery is retried." } else { "The deliveries are retried." };
                    self.webhooks.said.set(said.to_owned());
                    focus.inspect(browser::focus);
                    self.webhooks.looks.update(|looks| *looks += 1);
                }
                self.failure.set(failure);
            }
        });
    }

    async fn ask_again(self, number: Option<i64>) -> Result<(), Failure> {
        let (client, id) = (self.session.client(), self.id.get_value());
        match client.retry_deliveries(&id, number).await {
            // Retried by another member, or expired: its line is updated.
            Ok(()) | Err(Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
        let Some(number) = number else {
            self.list.ask_anew();
            return Ok(());
        };
        match client.delivery(&id, number).await? {
            Some(delivery) => drop(self.list.rows.update(delivery)),
            None => self.list.rows.remove(&number),
        }
        Ok(())
    }
}

/// Reports the outcome of a requested test event.
fn report_test(webhooks: Webhooks, deliveries: &[Delivery]) {
    let test = deliveries.iter().find(|delivery| delivery.event == EventType::WebhookTest.into());
    if let Some(words) = test.and_then(test_words).filter(|_| webhooks.is_testing.get_untracked()) {
        webhooks.is_testing.set(false);
        webhooks.said.set(words);
    }
}

/// The times at which deliveries are loaded again automatically.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Soon,
    Later,
}

/// The next refresh; none if no delivery is due.
fn next_look(deliveries: &[Delivery], now: Millis) -> Option<Look> {
    // A delivery under way ends within seconds, whatever its time-out for another server; a delivery without an attempt
    // is attempted at once.
    let is_at_once = |delivery: &Delivery| {
        let is_new = delivery.attempts == 0 && delivery.due_at.is_some();
        is_new || delivery.state == DeliveryState::UnderWay.into()
    };
    if deliveries.iter().any(is_at_once) {
        return Some(Look::Soon);
    }
    let next = deliveries.iter().filter_map(|delivery| delivery.due_at).min()?;
    Some(if next <= now + Millis::MINUTE { Look::Soon } else { Look::Later })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn deliveries_are_loaded_again_while_any_is_still_to_be_tried() {
        let now = sample::delivery(1, DeliveryState::Waiting).at;
        let due = |span: Option<i64>| Delivery {
            due_at: span.map(|span| now + Millis(span)),
            attempts: 1,
            ..sample::delivery(1, DeliveryState::Waiting)
        };
        assert_eq!(next_look(&[due(None)], now), None);
        assert_eq!(next_look(&[due(None), due(Some(3_600_000))], now), Some(Look::Later));
        assert_eq!(next_look(&[due(Some(3_600_000)), due(Some(-5))], now), Some(Look::Soon));
        let claimed = Delivery { state: DeliveryState::UnderWay.into(), ..due(Some(61_000)) };
        assert_eq!(next_look(&[claimed], now), Some(Look::Soon));
    }
}
