//! Whether an event takes time of its owner: how it is shown, and what they answered; and what its guests did.

use super::Question;
use super::component::{Component, Property};

/// The maximum of guests whose answers are read.
const MOST_DECLINED: usize = 500;
/// The longest address, in bytes (RFC 5321, 4.5.3.1).
const LONGEST_ADDRESS: usize = 320;

/// Whether an event takes time of its owner.
pub(super) fn blocks(event: &Component, question: &Question<'_>) -> bool {
    let is = |name: &str, word: &str| event.text(name).is_some_and(|value| value.eq_ignore_ascii_case(word));
    let shown_as = |word: &str| is("X-MICROSOFT-CDO-BUSYSTATUS", word);
    if is("TRANSP", "TRANSPARENT") || event.text("TRANSP").is_none() && shown_as("FREE") || is_cancelled(event) {
        return false;
    }
    let answers = own_answers(event, question.addresses);
    let says = |word: &str| answers.iter().any(|answer| answer == word);
    // Invited by several addresses, the owner comes if they said so by one of them.
    let accepts = says("ACCEPTED");
    let is_tentative = is("STATUS", "TENTATIVE") || shown_as("TENTATIVE") || says("TENTATIVE") && !accepts;
    let takes = question.takes;
    !(says("DECLINED") && !accepts && !says("TENTATIVE")
        || !takes.tentative && is_tentative
        || !takes.unanswered && says("NEEDS-ACTION") && answers.iter().all(|answer| answer == "NEEDS-ACTION")
        || !takes.elsewhere && shown_as("WORKINGELSEWHERE"))
}

/// Whether an event was called off.
pub(super) fn is_cancelled(event: &Component) -> bool {
    let status = event.text("STATUS").unwrap_or_default();
    ["CANCELLED", "CANCELED"].iter().any(|word| status.eq_ignore_ascii_case(word))
}

/// The addresses of the guests that declined, in lower case, each once.
pub(super) fn declined(event: &Component) -> Vec<String> {
    let guests = event.all("ATTENDEE").filter(|guest| answer(guest) == "DECLINED");
    let named = guests.flat_map(addresses).filter(|address| address.contains('@') && address.len() <= LONGEST_ADDRESS);
    let mut declined: Vec<String> = named.map(|address| address.to_lowercase()).take(MOST_DECLINED).collect();
    declined.sort();
    declined.dedup();
    declined
}

/// The answers of the owner, by each of their addresses that is invited.
fn own_answers(event: &Component, known: &[String]) -> Vec<String> {
    let is_own = |guest: &&Property| {
        addresses(guest)
            .any(|address| known.iter().any(|known| !known.is_empty() && address.eq_ignore_ascii_case(known)))
    };
    event.all("ATTENDEE").filter(is_own).map(answer).collect()
}

/// The answer of a guest, in upper case; empty for none.
fn answer(guest: &Property) -> String {
    guest.parameter("PARTSTAT").unwrap_or_default().trim().to_ascii_uppercase()
}

/// The addresses of a guest; not all of them are of mail.
fn addresses(guest: &Property) -> impl Iterator<Item = String> + use<> {
    [Some(plain(&guest.value)), guest.parameter("EMAIL").map(plain)].into_iter().flatten()
}

fn plain(address: &str) -> String {
    let address = address.trim().trim_matches(['<', '>', '"']);
    let is_mail = address.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    (if is_mail { address[7..].trim() } else { address }).to_owned()
}
