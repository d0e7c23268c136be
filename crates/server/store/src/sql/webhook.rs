//! Webhooks.

use super::row::{column, millis};
use super::{Connection, Db, params};
use knock_model::WebhookId;
use knock_ports::{StoreError, Webhook, WebhookLedger, WebhookView};
use knock_wire::EventType;

impl<C: Connection> WebhookLedger for Db<C> {
    fn destinations(&mut self) -> Result<Vec<Webhook>, StoreError> {
        self.webhooks()
    }

    fn save_webhook(&mut self, webhook: &Webhook) -> Result<(), StoreError> {
        let sql = "INSERT INTO webhooks (id, url, events, is_active, why_stopped, created_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET url = excluded.url, \
                   events = excluded.events, is_active = excluded.is_active, why_stopped = excluded.why_stopped";
        let events = webhook.events.iter().map(|event| event.as_str()).collect::<Vec<_>>().join(" ");
        let Webhook { id, url, is_active, why_stopped, created_at, .. } = webhook;
        self.done(sql, params![id.as_bytes(), url, &events, i64::from(*is_active), why_stopped, created_at.0])
    }

    fn drop_webhook(&mut self, id: WebhookId) -> Result<bool, StoreError> {
        self.done("DELETE FROM outbox WHERE webhook = ?1", params![id.as_bytes()])?;
        Ok(self.changed("DELETE FROM webhooks WHERE id = ?1", params![id.as_bytes()])? > 0)
    }
}

impl<C: Connection> WebhookView for Db<C> {
    fn webhooks(&self) -> Result<Vec<Webhook>, StoreError> {
        let sql = "SELECT id, url, events, is_active, why_stopped, created_at FROM webhooks ORDER BY created_at, id";
        self.rows(sql, &[], |row| {
            Ok(Webhook {
                id: WebhookId::from_bytes(row.get(0)?),
                url: row.get(1)?,
                // What a newer version told and this one does not know is not told.
                events: column(row, 2, |words: String| Some(words.split(' ').filter_map(EventType::parse).collect()))?,
                is_active: row.get::<i64>(3)? != 0,
                why_stopped: row.get(4)?,
                created_at: millis(row, 5)?,
            })
        })
    }
}
