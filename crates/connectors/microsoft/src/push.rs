//! Subscriptions: how Graph says that a calendar changed.
//!
//! <https://learn.microsoft.com/graph/api/resources/subscription>,
//! <https://learn.microsoft.com/graph/change-notifications-lifecycle-events>

use crate::account::MicrosoftAccount;
use crate::graph::{Call, Graph, utc};
use crate::outcome::{Fault, Kind};
use jiff::Timestamp;
use knock_model::Millis;
use knock_ports::{
    CalendarChannel, CalendarFuture, CalendarPush, ChannelRequest, OpenedChannel, PushMessage, PushNews, PushNotice,
    Pushed,
};
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// Graph allows 10,080 minutes for events without their data, by its own clock: ours may be ahead of it.
const LONGEST: Millis = Millis(10_070 * Millis::MINUTE.0);

impl CalendarPush for MicrosoftAccount {
    fn longest(&self) -> Millis {
        LONGEST
    }

    fn open<'a>(&'a self, request: ChannelRequest<'a>) -> CalendarFuture<'a, OpenedChannel> {
        Box::pin(async move { Ok(open(&self.graph, &request).await?) })
    }

    fn renew<'a>(&'a self, channel: &'a CalendarChannel, until: Millis) -> CalendarFuture<'a, Option<Millis>> {
        Box::pin(async move { Ok(renew(&self.graph, &channel.remote, until).await?) })
    }

    fn close<'a>(&'a self, channel: &'a CalendarChannel) -> CalendarFuture<'a, ()> {
        Box::pin(async move { Ok(close(&self.graph, &channel.remote).await?) })
    }
}

async fn open(graph: &Graph, request: &ChannelRequest<'_>) -> Result<OpenedChannel, Fault> {
    let body = json!({
        "changeType": "created,updated,deleted",
        "notificationUrl": request.address,
        "lifecycleNotificationUrl": request.address,
        "resource": format!("me/calendars/{}/events", request.calendar),
        "expirationDateTime": utc(request.until)?,
        "clientState": request.secret,
    });
    let opened = graph.ask(&Call::write("POST", graph.address(&["subscriptions"], &[])?, Some(body))).await?;
    let remote = opened["id"].as_str().filter(|id| !id.is_empty());
    let remote = remote.ok_or_else(|| Fault::new(Kind::Wrong, "a subscription of Microsoft 365 has no id"))?;
    Ok(OpenedChannel { remote: remote.to_owned(), expires_at: end(&opened)? })
}

/// Renews a subscription, which also authorizes it again where Graph asks for that.
async fn renew(graph: &Graph, id: &str, until: Millis) -> Result<Option<Millis>, Fault> {
    if id.is_empty() {
        return Ok(None);
    }
    let body = json!({"expirationDateTime": utc(until)?});
    match graph.ask(&Call::write("PATCH", graph.address(&["subscriptions", id], &[])?, Some(body))).await {
        Ok(renewed) => end(&renewed).map(Some),
        Err(Fault { kind: Kind::Missing, .. }) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Ends a subscription. One whose id is not known ends by itself.
async fn close(graph: &Graph, id: &str) -> Result<(), Fault> {
    if id.is_empty() {
        return Ok(());
    }
    match graph.ask(&Call::write("DELETE", graph.address(&["subscriptions", id], &[])?, None)).await {
        Ok(_) | Err(Fault { kind: Kind::Missing, .. }) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// The instant at which a subscription ends.
fn end(subscription: &Json) -> Result<Millis, Fault> {
    let end = subscription["expirationDateTime"].as_str().and_then(|text| text.parse::<Timestamp>().ok());
    let end = end.ok_or_else(|| Fault::new(Kind::Wrong, "a subscription of Microsoft 365 has no end"))?;
    Ok(Millis(end.as_millisecond()))
}

#[derive(Deserialize)]
struct Collection {
    value: Vec<Notification>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    #[serde(default)]
    client_state: Option<String>,
    #[serde(default)]
    subscription_id: Option<String>,
    #[serde(default)]
    lifecycle_event: Option<String>,
}

impl Notification {
    fn notice(self) -> PushNotice {
        let what = match self.lifecycle_event.as_deref() {
            Some("reauthorizationRequired") => PushNews::Ending,
            Some("subscriptionRemoved") => PushNews::Ended,
            // `missed`, and words of later versions: a reading is never wrong.
            _ => PushNews::Changed,
        };
        let (secret, remote) = (self.client_state.unwrap_or_default(), self.subscription_id.unwrap_or_default());
        PushNotice { secret, remote, what }
    }
}

/// The meaning of a message that came to the address of a subscription.
pub(crate) fn pushed(message: PushMessage<'_>) -> Pushed {
    if let Some(token) = (message.query)("validationToken") {
        return Pushed::Handshake(token);
    }
    match serde_json::from_slice::<Collection>(message.body) {
        Ok(Collection { value }) => Pushed::Notices(value.into_iter().map(Notification::notice).collect()),
        Err(_) => Pushed::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(token: Option<&str>, body: &str) -> Pushed {
        let query = |name: &str| token.filter(|_| name == "validationToken").map(str::to_owned);
        pushed(PushMessage { query: &query, header: &|_| None, body: body.as_bytes() })
    }

    #[test]
    fn messages_have_meanings() {
        assert_eq!(read(Some("Validation: a b"), ""), Pushed::Handshake("Validation: a b".to_owned()));
        for body in ["", "[]", "{}", r#"{"value": 1}"#, r#"{"value": ["x"]}"#, r#"{"value": [{"clientState": 1}]}"#] {
            assert_eq!(read(None, body), Pushed::Unknown, "{body}");
        }
        for (event, what) in [
            (json!("reauthorizationRequired"), PushNews::Ending),
            (json!("subscriptionRemoved"), PushNews::Ended),
            (json!("missed"), PushNews::Changed),
            (json!("somethingNew"), PushNews::Changed),
            (Json::Null, PushNews::Changed),
        ] {
            let one = json!({"clientState": "s", "subscriptionId": "7", "lifecycleEvent": event, "tenantId": "t"});
            let notice = PushNotice { secret: "s".to_owned(), remote: "7".to_owned(), what };
            let other = PushNotice { secret: String::new(), remote: String::new(), what: PushNews::Changed };
            let body = json!({"value": [one, {"changeType": "updated"}]}).to_string();
            assert_eq!(read(None, &body), Pushed::Notices(vec![notice, other]), "{event}");
        }
    }
}
