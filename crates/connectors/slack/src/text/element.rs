//! Elements between angle brackets: a mention, a channel, a link, a date.

use super::Names;
use super::escape::unescaped;

/// The name of an unknown user.
const SOMEBODY: &str = "someone";
const CHANNEL: &str = "channel";
/// The longest id.
const LONGEST_ID: usize = 32;

/// An element, with the text that Slack gives to it.
pub(super) struct Element<'t> {
    pub(super) kind: Kind<'t>,
    label: Option<&'t str>,
}

pub(super) enum Kind<'t> {
    User(&'t str),
    Channel(&'t str),
    /// `!here`, `!subteam^S1`, `!date^..`: the word before the first `^`.
    Command(&'t str),
    Link(&'t str),
}

impl<'t> Element<'t> {
    /// The element between the brackets; none if it is not an element of Slack.
    pub(super) fn parse(inside: &'t str) -> Option<Element<'t>> {
        let (target, label) = match inside.split_once('|') {
            Some((target, label)) => (target, Some(label).filter(|label| !label.trim().is_empty())),
            None => (inside, None),
        };
        let id = |id: &'t str| {
            let is_id = !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
            is_id.then_some(id)
        };
        let kind = match target.chars().next()? {
            '@' => Kind::User(id(&target[1..])?),
            '#' => Kind::Channel(id(&target[1..])?),
            '!' => Kind::Command(target[1..].split('^').next().filter(|word| !word.is_empty())?),
            _ if is_address(target) => Kind::Link(target),
            _ => return None,
        };
        Some(Element { kind, label })
    }

    /// The visible text, which is never empty.
    pub(super) fn shown(&self, names: &Names) -> String {
        let label = self.label.map(unescaped);
        match self.kind {
            Kind::User(user) => {
                let name = names.users.get(user).cloned().or(label).unwrap_or_else(|| SOMEBODY.to_owned());
                format!("@{}", name.trim_start_matches('@'))
            }
            Kind::Channel(channel) => {
                let name = names.channels.get(channel).cloned().or(label).unwrap_or_else(|| CHANNEL.to_owned());
                format!("#{}", name.trim_start_matches('#'))
            }
            Kind::Command("subteam") => format!("@{}", label.as_deref().unwrap_or("group").trim_start_matches('@')),
            Kind::Command("date") => label.unwrap_or_else(|| "a date".to_owned()),
            Kind::Command(word) => label.filter(|_| !is_broadcast(word)).unwrap_or_else(|| format!("@{word}")),
            Kind::Link(target) => link(&unescaped(target), label.as_deref()),
        }
    }
}

fn is_broadcast(word: &str) -> bool {
    matches!(word, "here" | "channel" | "everyone")
}

/// A scheme with something behind it.
fn is_address(target: &str) -> bool {
    let Some((scheme, rest)) = target.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    let is_scheme = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme && !rest.trim().is_empty()
}

/// A link as text shows where it leads. What leads to an address that its text already is, is that text.
fn link(target: &str, label: Option<&str>) -> String {
    let address = ["mailto:", "tel:"].into_iter().find_map(|scheme| target.strip_prefix(scheme)).unwrap_or(target);
    let Some(label) = label.map(str::trim) else { return address.to_owned() };
    let bare = |text: &str| {
        let text = text.trim_start_matches("https://").trim_start_matches("http://");
        text.trim_end_matches('/').to_lowercase()
    };
    if bare(label) == bare(address) { address.to_owned() } else { format!("{label} ({address})") }
}
