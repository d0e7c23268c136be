//! Answers of CalDAV servers (RFC 4918, 13).

use knock_xml::{Node, parse};
use serde::{Deserialize, Serialize};

const DAV: &str = "DAV:";
const CALDAV: &str = "urn:ietf:params:xml:ns:caldav";
const NEXTCLOUD: &str = "http://nextcloud.com/ns";
/// The maximum of nodes of an answer: twenty for each of 50,000 events.
const MOST_NODES: u32 = 1_000_000;

/// The properties of an address; empty if the server returns none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its address, as the server writes it.
    pub href: String,
    /// Its version.
    pub etag: String,
    /// The object in iCalendar; bytes that are no text as `knock_xml::original` has them.
    pub data: String,
    /// The status with which the server keeps the object back; 0 if it does not.
    pub refused: u16,
    /// The display name.
    pub name: String,
    /// The address of who is signed in.
    pub principal: String,
    /// The address of their calendars.
    pub home: String,
    /// The addresses under which they are invited.
    pub addresses: Vec<String>,
    pub takes_events: bool,
    /// Whether it takes no part in the busy time of its owner, as they said (RFC 6638, 9.1).
    pub is_transparent: bool,
}

/// The responses.
///
/// # Errors
/// When it is no such answer.
pub(crate) fn read(text: &str) -> Result<Vec<Found>, String> {
    let document = parse(text, MOST_NODES).map_err(|error| format!("the answer of the calendar server: {error}"))?;
    if !is(&document.root_element(), DAV, "multistatus") {
        return Err("the calendar server answered something else than was asked for".to_owned());
    }
    let responses = document.root_element().children().filter(|node| is(node, DAV, "response"));
    Ok(responses.map(|response| found(&response)).collect())
}

fn found(response: &Node<'_, '_>) -> Found {
    let mut found = Found { href: child_text(response, DAV, "href"), ..Found::default() };
    found.refused = refused(response);
    let good = response.children().filter(|node| is(node, DAV, "propstat") && is_good(status(node)));
    let mut is_deleted = false;
    for property in good.filter_map(|good| child(&good, DAV, "prop")).flat_map(|properties| properties.children()) {
        let text = || property.text().unwrap_or_default().trim().to_owned();
        let href = || child_text(&property, DAV, "href");
        match (property.tag_name().namespace(), property.tag_name().name()) {
            (Some(DAV), "getetag") => found.etag = text(),
            (Some(DAV), "displayname") => found.name = text(),
            (Some(DAV), "current-user-principal") => found.principal = href(),
            (Some(CALDAV), "calendar-home-set") => found.home = href(),
            (Some(CALDAV), "calendar-user-address-set") => found.addresses = addresses(&property),
            (Some(CALDAV), "schedule-calendar-transp") => {
                found.is_transparent = child(&property, CALDAV, "transparent").is_some();
            }
            (Some(CALDAV), "calendar-data") => found.data = all_text(&property),
            (Some(NEXTCLOUD), "deleted-at") => is_deleted |= !text().is_empty(),
            (Some(DAV), "resourcetype") => {
                found.takes_events |= child(&property, CALDAV, "calendar").is_some();
                is_deleted |=
                    ["deleted-calendar", "trash-bin"].iter().any(|kind| child(&property, NEXTCLOUD, kind).is_some());
            }
            _ => {}
        }
    }
    found.takes_events &= takes_events(response) && !is_deleted;
    found
}

/// The status with which an object is kept back. One that is gone is not.
fn refused(response: &Node<'_, '_>) -> u16 {
    let has_data = |propstat: &Node<'_, '_>| {
        child(propstat, DAV, "prop").is_some_and(|properties| child(&properties, CALDAV, "calendar-data").is_some())
    };
    let whole = status(response);
    if !is_good(whole) {
        return if matches!(whole, 404 | 410) { 0 } else { whole };
    }
    let parts = response.children().filter(|node| is(node, DAV, "propstat") && has_data(node));
    parts.map(|part| status(&part)).find(|code| !is_good(*code)).unwrap_or(0)
}

fn addresses(set: &Node<'_, '_>) -> Vec<String> {
    let hrefs = set.children().filter(|node| is(node, DAV, "href")).filter_map(|node| node.text());
    let plain = hrefs.map(|href| {
        let href = href.trim();
        let is_mail = href.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
        (if is_mail { &href[7..] } else { href }).to_owned()
    });
    plain.filter(|address| !address.is_empty()).collect()
}

/// The whole text of a node, also where comments divide it.
fn all_text(node: &Node<'_, '_>) -> String {
    node.children().filter_map(|part| part.text().filter(|_| part.is_text())).collect()
}

/// Whether a calendar takes events; one that does not say takes everything.
fn takes_events(response: &Node<'_, '_>) -> bool {
    let set = response.descendants().find(|node| is(node, CALDAV, "supported-calendar-component-set"));
    let kinds = set.map(|set| set.children().filter(|node| is(node, CALDAV, "comp")).collect::<Vec<_>>());
    kinds.is_none_or(|kinds| kinds.is_empty() || kinds.iter().any(|kind| kind.attribute("name") == Some("VEVENT")))
}

/// The code of a status; without one it is 200, and one that cannot be read is 500.
fn status(of: &Node<'_, '_>) -> u16 {
    let status = child_text(of, DAV, "status");
    if status.is_empty() {
        return 200;
    }
    status.split_whitespace().nth(1).and_then(|code| code.parse().ok()).unwrap_or(500)
}

const fn is_good(code: u16) -> bool {
    200 <= code && code < 300
}

fn is(node: &Node<'_, '_>, namespace: &str, name: &str) -> bool {
    node.has_tag_name((namespace, name))
}

fn child<'a, 'input>(of: &Node<'a, 'input>, namespace: &str, name: &str) -> Option<Node<'a, 'input>> {
    of.children().find(|node| is(node, namespace, name))
}

fn child_text(of: &Node<'_, '_>, namespace: &str, name: &str) -> String {
    child(of, namespace, name).and_then(|node| node.text()).unwrap_or_default().trim().to_owned()
}
