//! Step six: the client of a batch, from its request.

use crate::agents;
use crate::memo::Memo;
use crate::request::Request;
use knock_ports::Client;
use oxilangtag::LanguageTag;
use std::cell::RefCell;

/// The maximum length of a language, in bytes.
const MAX_LANGUAGE: usize = 35;

thread_local! {
    static KNOWN: RefCell<Memo<Client>> = RefCell::default();
}

/// The client; none if unknown. A customer's own server sends for others, so its headers are ignored.
pub(crate) fn client(request: &Request<'_>) -> Option<Client> {
    if request.has_ingest_key {
        return None;
    }
    // Only as much is memoized as is parsed, however long the headers are.
    let (agent, language) = (agents::cut(request.user_agent), first(request.language));
    let key = |key: &mut String| [agent, "\0", language].into_iter().for_each(|part| key.push_str(part));
    let mut client = KNOWN.with_borrow_mut(|known| known.of(key, || parsed(agent, language)));
    if let Some(locations) = request.locations {
        (client.country, client.city) = locations.of(request.from);
    }
    Some(client).filter(|client| !client.is_unknown())
}

fn parsed(agent: &str, language: &str) -> Client {
    let (device, os, browser) = agents::parsed(agent);
    let language = LanguageTag::parse_and_normalize(language).map(LanguageTag::into_inner).unwrap_or_default();
    Client { device: device.into(), os, browser, language, ..Client::default() }
}

/// Returns the first of the languages: browsers list the preferred one first.
fn first(languages: &str) -> &str {
    let first = languages.split([',', ';']).next().unwrap_or_default().trim();
    if first.len() > MAX_LANGUAGE { "" } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_language_is_the_first_one_in_its_usual_spelling() {
        let cases = [
            ("de-AT,de;q=0.9,en;q=0.8", "de-AT"),
            ("en", "en"),
            ("EN-us;q=0.7, fr", "en-US"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("*", ""),
            ("", ""),
            (";q=NaN", ""),
            ("not a language", ""),
            ("en-ä", ""),
            (&"en-".repeat(20_000), ""),
        ];
        for (header, expected) in cases {
            assert_eq!(parsed("", first(header)).language, expected, "{header}");
        }
    }
}
