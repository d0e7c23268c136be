//! The mail with the figures of a week to a member who wants it.

use crate::letter::{Letter, UnreadableEffect, subject};
use crate::links::Links;
use crate::wait::span;
use askama::Template;
use knock_model::PersonName;
use knock_ports::{WeekFigure, WeekMail};

/// The texts of the mail.
struct Said<'m> {
    what: String,
    figures: &'m [WeekFigure],
    waiting: String,
    /// The report of exactly this week.
    reports: String,
    inbox: String,
}

#[derive(Template)]
#[template(path = "week.txt")]
struct WeekText<'m> {
    said: &'m Said<'m>,
}

#[derive(Template)]
#[template(path = "week.html")]
struct WeekHtml<'m> {
    said: &'m Said<'m>,
}

/// The letter about a week.
pub(crate) fn week(mail: &WeekMail, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let WeekMail { to, from, until, zone, figures, waiting, longest_minutes } = mail;
    let said = &Said {
        what: format!(
            "These are the figures of last week, {from} to {until} in {zone}, with those of the week before."
        ),
        figures,
        waiting: waits(*waiting, *longest_minutes),
        reports: format!("{}/overview?from={from}&to={until}&tz={zone}", links.reports()),
        inbox: links.inbox("").trim_end_matches('/').to_owned(),
    };
    Ok(Letter {
        to: to.clone(),
        name: PersonName::default(),
        subject: subject(&format!("Your week on Knock: {from} to {until}")),
        text: WeekText { said }.render()?,
        html: WeekHtml { said }.render()?,
        ..Letter::default()
    })
}

/// How many chats wait, in a sentence.
fn waits(waiting: u32, longest_minutes: u32) -> String {
    let longest = span(longest_minutes);
    match waiting {
        0 => "When this mail was written, no chat waited for an answer.".to_owned(),
        1 => format!("When this mail was written, 1 chat had waited for an answer for {longest}."),
        _ => format!("When this mail was written, {waiting} chats waited for an answer, the longest for {longest}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::letter;
    use crate::mapping::tests::Fixed;
    use knock_model::Millis;
    use knock_ports::Effect;

    fn mail() -> WeekMail {
        let figure = |label: &str, value: &str, goal: &str| WeekFigure {
            label: label.to_owned(),
            value: value.to_owned(),
            before: "no data".to_owned(),
            goal: goal.to_owned(),
        };
        WeekMail {
            to: "bo@acme.example".into(),
            from: "2026-06-01".into(),
            until: "2026-06-07".into(),
            zone: "Europe/Berlin".into(),
            figures: vec![figure("<Leads>", "12", ""), figure("First reply, median", "3 min", "2 min, not met")],
            waiting: 2,
            longest_minutes: 180,
        }
    }

    #[test]
    fn it_has_the_figures_with_goals_the_waits_and_where_to_turn_it_off() {
        let data = serde_json::to_string(&mail()).expect("JSON");
        let letter = letter(&Effect { kind: WeekMail::KIND, data, at: Millis(1) }, &Fixed).expect("a letter");
        assert_eq!(
            (&*letter.to, &*letter.subject),
            ("bo@acme.example", "Your week on Knock: 2026-06-01 to 2026-06-07")
        );
        let lines = [
            "\n<Leads>: 12 (the week before: no data)\n",
            "\nFirst reply, median: 3 min (the week before: no data; goal: 2 min, not met)\n",
            "https://knock.example/app/reports/overview?from=2026-06-01&to=2026-06-07&tz=Europe/Berlin\n",
            "The inbox: https://knock.example/app/inbox\n",
        ];
        lines.iter().for_each(|line| assert!(letter.text.contains(line), "{line}: {}", letter.text));
        assert!(letter.html.contains("&#60;Leads&#62;") && letter.html.contains("2 min, not met"), "{}", letter.html);
        for text in [&letter.text, &letter.html] {
            assert!(text.contains("2 chats waited for an answer, the longest for 3 hours."), "{text}");
            assert!(text.contains("2026-06-01 to 2026-06-07 in Europe/Berlin"), "{text}");
        }
    }

    #[test]
    fn waits_are_a_sentence() {
        assert_eq!(waits(0, 0), "When this mail was written, no chat waited for an answer.");
        assert_eq!(waits(1, 1), "When this mail was written, 1 chat had waited for an answer for 1 minute.");
    }
}
