//! Whether an event takes time of its owner: how it is shown, and what they answered.

use super::Question;
use super::component::{Component, Property};

/// Whether an event takes time of its owner.
pub(super) fn blocks(event: &Component, question: &Question<'_>) -> bool {
    let is = |name: &str, word: &str| event.text(name).is_some_and(|value| value.eq_ignore_ascii_case(word));
    let is_cancelled = is("STATUS", "CANCELLED") || is("STATUS", "CANCELED");
    let shown_as = |word: &str| is("X-MICROSOFT-CDO-BUSYSTATUS", word);
    if is("TRANSP", "TRANSPARENT") || event.text("TRANSP").is_none() && shown_as("FREE") || is_cancelled {
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

/// The answers of the owner, by each of their addresses that is invited.
fn own_answers(event: &Component, addresses: &[String]) -> Vec<String> {
    let plain = |text: &str| {
        let text = text.trim().trim_matches(['<', '>', '"']);
        let is_mail = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
        (if is_mail { text[7..].trim() } else { text }).to_owned()
    };
    let is_own = |attendee: &&Property| {
        let named = [Some(plain(&attendee.value)), attendee.parameter("EMAIL").map(plain)];
        let own =
            |known: &String| !known.is_empty() && named.iter().flatten().any(|one| one.eq_ignore_ascii_case(known));
        addresses.iter().any(own)
    };
    let answer = |own: &Property| own.parameter("PARTSTAT").unwrap_or_default().trim().to_ascii_uppercase();
    event.all("ATTENDEE").filter(is_own).map(answer).collect()
}
