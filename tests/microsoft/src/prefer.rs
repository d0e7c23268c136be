//! The header `Prefer`, and `Preference-Applied` of the answer.
//!
//! <https://learn.microsoft.com/graph/outlook-calendar-online-meetings>, <https://learn.microsoft.com/graph/api/event-get>

use crate::errors::{Refusal, invalid};
use crate::request::Request;
use crate::zones;

/// What a client prefers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prefer {
    /// The zone of times in the answer.
    pub(crate) zone: String,
    pub(crate) is_immutable: bool,
    pub(crate) page: Option<usize>,
    applied: Vec<String>,
}

impl Prefer {
    pub(crate) fn of(request: &Request) -> Result<Prefer, Refusal> {
        Prefer::parse(request.header("prefer").unwrap_or_default())
    }

    fn parse(header: &str) -> Result<Prefer, Refusal> {
        let mut prefer = Prefer { zone: "UTC".to_owned(), is_immutable: false, page: None, applied: Vec::new() };
        for part in header.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "outlook.timezone" => {
                    if zones::find(value).is_none() {
                        let message = format!("The following TimeZone value is not supported: '{value}'.");
                        return Err(Refusal::new(400, "TimeZoneNotSupportedException", message));
                    }
                    prefer.zone = value.to_owned();
                }
                "idtype" if value == "ImmutableId" => prefer.is_immutable = true,
                "odata.maxpagesize" => {
                    let page = value.parse().ok().filter(|page| *page > 0);
                    prefer.page = Some(page.ok_or_else(|| invalid("odata.maxpagesize is no number above 0."))?);
                }
                "outlook.body-content-type" => {}
                // A preference that is not known is ignored, and not among those applied.
                _ => continue,
            }
            prefer.applied.push(part.to_owned());
        }
        Ok(prefer)
    }

    /// The value of `Preference-Applied`; none without any.
    pub(crate) fn applied(&self) -> Option<String> {
        (!self.applied.is_empty()).then(|| self.applied.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_preferences_are_applied() {
        let prefer =
            Prefer::parse("outlook.timezone=\"Europe/Berlin\", IdType=\"ImmutableId\", respond-async").expect("it");
        assert_eq!((prefer.zone.as_str(), prefer.is_immutable, prefer.page), ("Europe/Berlin", true, None));
        assert_eq!(prefer.applied().as_deref(), Some("outlook.timezone=\"Europe/Berlin\", IdType=\"ImmutableId\""));
        assert_eq!(Prefer::parse("odata.maxpagesize=2").map(|prefer| prefer.page), Ok(Some(2)));
        assert!(Prefer::parse("outlook.timezone=\"Mars\"").is_err() && Prefer::parse("odata.maxpagesize=0").is_err());
        assert_eq!(
            Prefer::parse("").map(|prefer| (prefer.zone.clone(), prefer.applied())),
            Ok(("UTC".to_owned(), None))
        );
    }
}
