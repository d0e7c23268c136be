//! Channels by which Google says that the events of a calendar changed, and their messages
//! (<https://developers.google.com/workspace/calendar/api/guides/push>).

use crate::account::GoogleAccount;
use crate::api::Api;
use crate::client::Call;
use crate::outcome::{Fault, Kind};
use knock_model::Millis;
use knock_ports::{
    CalendarChannel, CalendarFuture, CalendarPush, ChannelRequest, OpenedChannel, PushMessage, PushNews, PushNotice,
    Pushed,
};
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// The life of a channel where none is asked for; Google documents no longer one for events.
const LONGEST: Millis = Millis::days(7);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    resource_id: String,
    /// In milliseconds since 1970, as a text or as a number.
    #[serde(default)]
    expiration: Json,
}

impl CalendarPush for GoogleAccount {
    fn longest(&self) -> Millis {
        LONGEST
    }

    fn open<'a>(&'a self, request: ChannelRequest<'a>) -> CalendarFuture<'a, OpenedChannel> {
        Box::pin(async move { Ok(open(&self.api, &request).await?) })
    }

    /// Google cannot: another channel is opened, and both are open for a while.
    fn renew<'a>(&'a self, _: &'a CalendarChannel, _: Millis) -> CalendarFuture<'a, Option<Millis>> {
        Box::pin(async { Ok(None) })
    }

    fn close<'a>(&'a self, channel: &'a CalendarChannel) -> CalendarFuture<'a, ()> {
        Box::pin(async move { Ok(close(&self.api, channel).await?) })
    }
}

async fn open(api: &Api, request: &ChannelRequest<'_>) -> Result<OpenedChannel, Fault> {
    let body = json!({
        "id": request.id, "type": "web_hook", "address": request.address, "token": request.secret,
        "expiration": request.until.0.to_string(),
    });
    let path = vec!["calendars", request.calendar, "events", "watch"];
    let opened: Opened = api.read(&Call { method: "POST", path, body: Some(body), ..Call::default() }).await?;
    let end = &opened.expiration;
    let end = end.as_i64().or_else(|| end.as_str()?.parse().ok()).map_or(request.until, Millis);
    Ok(OpenedChannel { remote: opened.resource_id, expires_at: end })
}

/// Ends a channel. One whose resource is not known cannot be ended: it ends by itself.
async fn close(api: &Api, channel: &CalendarChannel) -> Result<(), Fault> {
    if channel.remote.is_empty() {
        return Ok(());
    }
    let body = Some(json!({"id": channel.id, "resourceId": channel.remote}));
    let call = Call { method: "POST", path: vec!["channels", "stop"], body, ..Call::default() };
    match api.call(&call).await {
        Err(fault) if fault.kind == Kind::Missing => Ok(()),
        answered => answered.map(drop),
    }
}

/// The meaning of a message: all of it is in the headers.
pub(crate) fn pushed(message: PushMessage<'_>) -> Pushed {
    let header = |name: &str| (message.header)(name).unwrap_or_default();
    let what = match header("x-goog-resource-state").as_str() {
        "sync" => PushNews::Opened,
        "exists" | "not_exists" => PushNews::Changed,
        _ => return Pushed::Unknown,
    };
    let (secret, remote) = (header("x-goog-channel-token"), header("x-goog-resource-id"));
    Pushed::Notices(vec![PushNotice { secret, remote, what }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headers: &[(&str, &str)]) -> Pushed {
        let header =
            |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        pushed(PushMessage { query: &|_: &str| None, header: &header, body: b"" })
    }

    #[test]
    fn a_message_is_known_by_its_state() {
        for (state, expected) in [
            ("sync", Some(PushNews::Opened)),
            ("exists", Some(PushNews::Changed)),
            ("not_exists", Some(PushNews::Changed)),
            ("another", None),
            ("", None),
        ] {
            let notice = |what| PushNotice { secret: "s".to_owned(), remote: "r".to_owned(), what };
            let expected = expected.map_or(Pushed::Unknown, |what| Pushed::Notices(vec![notice(what)]));
            let headers =
                [("x-goog-resource-state", state), ("x-goog-channel-token", "s"), ("x-goog-resource-id", "r")];
            assert_eq!(of(&headers), expected, "{state}");
        }
        assert_eq!(of(&[]), Pushed::Unknown);
    }

    #[test]
    fn a_message_without_a_secret_has_an_empty_one() {
        let notice = PushNotice { secret: String::new(), remote: String::new(), what: PushNews::Changed };
        assert_eq!(of(&[("x-goog-resource-state", "exists")]), Pushed::Notices(vec![notice]));
    }
}
