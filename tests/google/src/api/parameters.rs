//! Parameters of methods, as the page of each in Google's reference lists them ([`crate::pages`]).
//!
//! It is stricter than Google, which ignores parameters that it does not know.

use crate::calendar::{instant, zone};
use crate::errors::{Refusal, bad, error, invalid};
use crate::request::Request;
use jiff::Timestamp;

/// Parameters that every method has.
const STANDARD: &[&str] = &["alt", "fields", "key", "prettyPrint", "quotaUser", "userIp"];
const LIST: &[&str] = &[
    "alwaysIncludeEmail",
    "eventTypes",
    "iCalUID",
    "maxAttendees",
    "maxResults",
    "orderBy",
    "pageToken",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "showDeleted",
    "showHiddenInvitations",
    "singleEvents",
    "syncToken",
    "timeMax",
    "timeMin",
    "timeZone",
    "updatedMin",
];
const INSTANCES: &[&str] =
    &["maxAttendees", "maxResults", "originalStart", "pageToken", "showDeleted", "timeMax", "timeMin", "timeZone"];
const WRITE: &[&str] = &[
    "conferenceDataVersion",
    "eventLabelVersion",
    "maxAttendees",
    "sendNotifications",
    "sendUpdates",
    "supportsAttachments",
];

const BOOLEANS: &[&str] = &[
    "alwaysIncludeEmail",
    "showDeleted",
    "showHidden",
    "showHiddenInvitations",
    "singleEvents",
    "supportsAttachments",
];
const INSTANTS: &[&str] = &["timeMax", "timeMin", "updatedMin"];

/// The parameters of a request, which have been checked.
#[derive(Clone, Debug)]
pub(crate) struct Parameters {
    given: Vec<(String, String)>,
}

fn known(method: &str) -> &'static [&'static str] {
    match method {
        "calendarList.list" => &["maxResults", "minAccessRole", "pageToken", "showDeleted", "showHidden", "syncToken"],
        "events.list" | "events.watch" => LIST,
        "events.instances" => INSTANCES,
        "events.get" => &["alwaysIncludeEmail", "maxAttendees", "timeZone"],
        "events.insert" | "events.update" | "events.patch" => WRITE,
        "events.delete" => &["sendNotifications", "sendUpdates"],
        _ => &[],
    }
}

impl Parameters {
    /// # Errors
    /// 400 for an unknown parameter and for a value that is not valid.
    pub(crate) fn read(request: &Request, method: &str) -> Result<Parameters, Refusal> {
        for (name, value) in &request.query {
            if STANDARD.contains(&name.as_str()) {
                continue;
            }
            if !known(method).contains(&name.as_str()) {
                let message = format!("Unknown parameter: {name}");
                return Err(error(400, "global", "invalidParameter", &message, Some(("parameter", name))));
            }
            value_of(name, value)?;
        }
        let parameters = Parameters { given: request.query.clone() };
        if let (Some(from), Some(to)) = (parameters.instant("timeMin"), parameters.instant("timeMax"))
            && from >= to
        {
            return Err(crate::errors::empty_range("timeMax"));
        }
        Ok(parameters)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a parameter that can be repeated.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.given.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.text(name) == Some("true")
    }

    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.text(name).and_then(|value| value.parse().ok())
    }

    pub(crate) fn instant(&self, name: &str) -> Option<Timestamp> {
        self.text(name).and_then(instant)
    }

    /// The parameters that pages of one list must share.
    pub(crate) fn fingerprint(&self) -> String {
        let apart = ["pageToken", "maxResults", "fields", "alt", "prettyPrint", "quotaUser", "key", "userIp"];
        let mut same: Vec<String> = self
            .given
            .iter()
            .filter(|(name, _)| !apart.contains(&name.as_str()))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        same.sort();
        same.join("&")
    }
}

fn value_of(name: &str, value: &str) -> Result<(), Refusal> {
    let wrong =
        |is_valid: bool| if is_valid { Ok(()) } else { Err(invalid(name, &format!("Invalid value '{value}'."))) };
    match name {
        "maxResults" | "maxAttendees" => wrong(value.parse::<u32>().is_ok_and(|number| number > 0)),
        "conferenceDataVersion" | "eventLabelVersion" => wrong(matches!(value, "0" | "1")),
        "sendUpdates" => wrong(matches!(value, "all" | "externalOnly" | "none")),
        "orderBy" => wrong(matches!(value, "startTime" | "updated")),
        "minAccessRole" => wrong(crate::calendar::Role::parse(value).is_some()),
        "timeZone" => wrong(zone(value).is_ok()),
        "eventTypes" => wrong(matches!(
            value,
            "default" | "birthday" | "focusTime" | "fromGmail" | "outOfOffice" | "workingLocation"
        )),
        _ if BOOLEANS.contains(&name) => wrong(matches!(value, "true" | "false")),
        // Google answers a time without offset, or one that it cannot read, with no more than this.
        _ if INSTANTS.contains(&name) => instant(value).map(|_| ()).ok_or_else(|| bad("Bad Request")),
        _ => Ok(()),
    }
}
