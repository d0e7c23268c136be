//! Answers of CalDAV servers (RFC 4918, 13).

use knock_xml::{Node, parse};
use serde::{Deserialize, Serialize};

const DAV: &str = "DAV:";
const CALDAV: &str = "urn:ietf:params:xml:ns:caldav";
/// The maximum of nodes of an answer: twenty for each of 50,000 events.
const MOST_NODES: u32 = 1_000_000;

/// The properties of an address; empty if the server returns none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its address, as the server writes it.
    pub href: String,
    /// Its version.
    pub etag: String,
    /// The object in iCalendar.
    pub data: String,
    /// The display name.
    pub name: String,
    /// The address of who is signed in.
    pub principal: String,
    /// The address of their calendars.
    pub home: String,
    pub takes_events: bool,
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
    let good = response.children().filter(|node| is(node, DAV, "propstat") && is_good(node));
    for property in good.filter_map(|good| child(&good, DAV, "prop")).flat_map(|properties| properties.children()) {
        let text = || property.text().unwrap_or_default().trim().to_owned();
        let href = || child_text(&property, DAV, "href");
        match (property.tag_name().namespace(), property.tag_name().name()) {
            (Some(DAV), "getetag") => found.etag = text(),
            (Some(DAV), "displayname") => found.name = text(),
            (Some(DAV), "current-user-principal") => found.principal = href(),
            (Some(CALDAV), "calendar-home-set") => found.home = href(),
            (Some(CALDAV), "calendar-data") => found.data = property.text().unwrap_or_default().to_owned(),
            (Some(DAV), "resourcetype") => found.takes_events |= child(&property, CALDAV, "calendar").is_some(),
            _ => {}
        }
    }
    found.takes_events &= takes_events(response);
    found
}

/// Whether a calendar takes events; one that does not say takes everything.
fn takes_events(response: &Node<'_, '_>) -> bool {
    let set = response.descendants().find(|node| is(node, CALDAV, "supported-calendar-component-set"));
    let kinds = set.map(|set| set.children().filter(|node| is(node, CALDAV, "comp")).collect::<Vec<_>>());
    kinds.is_none_or(|kinds| kinds.is_empty() || kinds.iter().any(|kind| kind.attribute("name") == Some("VEVENT")))
}

/// Whether the properties are there; without a status they are.
fn is_good(propstat: &Node<'_, '_>) -> bool {
    let status = child_text(propstat, DAV, "status");
    status.is_empty() || status.split_whitespace().nth(1).is_some_and(|code| code.starts_with('2'))
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
