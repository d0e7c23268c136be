//! Reports: what is asked of one, in the words of a query or of a command, and its lines as a table.

mod table;

pub(crate) use table::{lines, total};

use knock_context::read;
use knock_model::{IntentType, Millis, RepId};
use knock_ports::{Store, StoreError};
use knock_report::{Anchor, Ask, CalendarKind, Dimension, Filter, Period, Report};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The parameters of a report: those of a query, and the options of `knock report`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportWords {
    /// The first day, such as `2026-11-01`, or an instant of it by RFC 3339. Without it, 27 days before the last one.
    pub(crate) from: Option<String>,
    /// The last day, which counts too. Without it, today.
    pub(crate) to: Option<String>,
    /// The time zone of days, such as `Europe/Berlin`. Without it, that of the member's working hours, else UTC.
    pub(crate) tz: Option<String>,
    /// What a row is: one of `groups` of the report. Without it, the first of them.
    pub(crate) group: Option<String>,
    /// The instant that counts: one of `anchors` of the report. Without it, the first of them.
    pub(crate) anchor: Option<String>,
    /// The time in which durations are measured: one of `calendars` of the report. Without it, `elapsed`.
    pub(crate) calendar: Option<String>,
    /// Only this site, by the key of a row or by that of its snippet.
    pub(crate) site: Option<String>,
    /// Only this Knock Link, by the key of a row.
    pub(crate) link: Option<String>,
    /// Only this channel.
    pub(crate) channel: Option<String>,
    /// Only this source.
    pub(crate) source: Option<String>,
    /// Only this campaign.
    pub(crate) campaign: Option<String>,
    /// Only this path of the first page.
    pub(crate) landing_page: Option<String>,
    /// Only this country, in two letters.
    pub(crate) country: Option<String>,
    /// Only this kind of device.
    pub(crate) device: Option<String>,
    /// Only this language of the browser.
    pub(crate) language: Option<String>,
    /// Only this `Knock: Intent Type`.
    pub(crate) intent_type: Option<String>,
    /// Only this member, by their id.
    pub(crate) rep: Option<String>,
    /// Only this segment of a rule, by the key of a row.
    pub(crate) segment: Option<String>,
    /// Only this rule, by its id.
    pub(crate) rule: Option<String>,
    /// Only this `Knock: Intent Score` at the click.
    pub(crate) score: Option<String>,
    /// Only this workflow, by its id.
    pub(crate) workflow: Option<String>,
    /// Only this step of a workflow, by the key of a row.
    pub(crate) step: Option<String>,
    /// Only this CRM, by the key of a row.
    pub(crate) crm: Option<String>,
}

/// A parameter that is not right.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) name: &'static str,
    /// The reason, as the end of a sentence that begins with the name.
    pub(crate) reason: String,
}

/// The reports that exist, as the end of a sentence.
pub(crate) fn known_reports() -> String {
    let names: Vec<&str> = knock_report::REPORTS.iter().map(|report| report.name).collect();
    names.join(", ")
}

impl ReportWords {
    /// What they ask of a report; `zone` holds where they have none.
    pub(crate) fn ask(&self, of: &Report, zone: &str, now: Millis) -> Result<Ask, Wrong> {
        let tz = match given(self.tz.as_ref()) {
            "" => zone,
            tz => tz,
        };
        let period = Period::parse(given(self.from.as_ref()), given(self.to.as_ref()), tz, now)
            .map_err(|wrong| Wrong { name: wrong.field, reason: wrong.reason })?;
        let calendars = if of.has_calendar() { CalendarKind::ALL } else { &[] };
        let calendar = chosen("calendar", self.calendar.as_ref(), calendars, CalendarKind::as_str)?;
        Ok(Ask {
            period,
            group: chosen("group", self.group.as_ref(), of.groups, Dimension::as_str)?,
            anchor: chosen("anchor", self.anchor.as_ref(), of.anchors, Anchor::as_str)?,
            calendar: calendar.unwrap_or(CalendarKind::Elapsed),
            filters: self.filters()?,
        })
    }

    /// The filters that are given. An empty one is that of the row without a value.
    fn filters(&self) -> Result<Vec<Filter>, Wrong> {
        let all = [
            (Dimension::Site, &self.site),
            (Dimension::Link, &self.link),
            (Dimension::Channel, &self.channel),
            (Dimension::Source, &self.source),
            (Dimension::Campaign, &self.campaign),
            (Dimension::LandingPage, &self.landing_page),
            (Dimension::Country, &self.country),
            (Dimension::Device, &self.device),
            (Dimension::Language, &self.language),
            (Dimension::IntentType, &self.intent_type),
            (Dimension::Rep, &self.rep),
            (Dimension::Segment, &self.segment),
            (Dimension::Rule, &self.rule),
            (Dimension::Score, &self.score),
            (Dimension::Workflow, &self.workflow),
            (Dimension::Step, &self.step),
            (Dimension::Crm, &self.crm),
        ];
        if let Some(word) = self.intent_type.as_ref().filter(|word| !word.is_empty())
            && IntentType::parse(word).is_none()
        {
            let words: Vec<&str> = IntentType::ALL.iter().map(|kind| kind.as_str()).collect();
            return Err(Wrong { name: "intent_type", reason: format!("is none of {}", words.join(", ")) });
        }
        if let Some(id) = self.rep.as_ref().filter(|id| !id.is_empty())
            && RepId::parse(id).is_err()
        {
            return Err(Wrong { name: "rep", reason: "is not the id of a member".to_owned() });
        }
        let filters =
            all.into_iter().filter_map(|(dimension, value)| Some(Filter { dimension, value: value.clone()? }));
        Ok(filters.collect())
    }

    /// Sets a filter by its name, as a command has them.
    pub(crate) fn set_filter(&mut self, name: &str, value: &str) -> Result<(), Wrong> {
        let filter = match name {
            "site" => &mut self.site,
            "link" => &mut self.link,
            "channel" => &mut self.channel,
            "source" => &mut self.source,
            "campaign" => &mut self.campaign,
            "landing_page" => &mut self.landing_page,
            "country" => &mut self.country,
            "device" => &mut self.device,
            "language" => &mut self.language,
            "intent_type" => &mut self.intent_type,
            "rep" => &mut self.rep,
            "segment" => &mut self.segment,
            "rule" => &mut self.rule,
            "score" => &mut self.score,
            "workflow" => &mut self.workflow,
            "step" => &mut self.step,
            "crm" => &mut self.crm,
            _ => return Err(Wrong { name: "filter", reason: format!("has no `{name}`") }),
        };
        *filter = Some(value.to_owned());
        Ok(())
    }
}

fn given(word: Option<&String>) -> &str {
    word.map_or("", String::as_str)
}

/// The choice that a word names; none without a word.
fn chosen<T: Copy>(
    name: &'static str,
    word: Option<&String>,
    choices: &[T],
    spelling: fn(T) -> &'static str,
) -> Result<Option<T>, Wrong> {
    let word = given(word);
    if word.is_empty() {
        return Ok(None);
    }
    if let Some(found) = choices.iter().copied().find(|choice| spelling(*choice) == word) {
        return Ok(Some(found));
    }
    let words: Vec<&str> = choices.iter().map(|choice| spelling(*choice)).collect();
    let reason = match words.is_empty() {
        true => "is no choice in this report".to_owned(),
        false => format!("is none of {}", words.join(", ")),
    };
    Err(Wrong { name, reason })
}

/// The words with the site by its number, as rows have it, where they name it by the key of its snippet.
pub(crate) async fn with_site(store: Arc<dyn Store>, words: ReportWords) -> Result<ReportWords, StoreError> {
    let Some(key) = words.site.clone().filter(|key| !key.is_empty()) else { return Ok(words) };
    let sites = read(store, |view| view.sites()).await?;
    let named = sites.into_iter().find(|site| site.key == key);
    Ok(ReportWords { site: Some(named.map_or(key, |site| site.id.0.to_string())), ..words })
}

/// A report, read in one snapshot.
pub(crate) async fn report(
    store: Arc<dyn Store>,
    of: &'static Report,
    ask: Ask,
    now: Millis,
) -> Result<knock_wire::Report, StoreError> {
    read(store, move |view| knock_engine::report(view, of, &ask, now)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-30 12:00 UTC.
    const NOW: Millis = Millis(1_796_040_000_000);

    fn ask(name: &str, words: ReportWords) -> Result<Ask, Wrong> {
        words.ask(knock_report::report(name).expect("a report"), "Europe/Berlin", NOW)
    }

    fn word(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn nothing_given_asks_for_what_is_usual() {
        for words in [
            ReportWords::default(),
            ReportWords { from: word(""), to: word(""), tz: word(""), group: word(""), ..ReportWords::default() },
        ] {
            let ask = ask("response", words).expect("good words");
            assert_eq!(ask.period.zone_name(), "Europe/Berlin");
            assert_eq!([ask.period.from(), ask.period.to()].map(|day| day.to_string()), ["2026-11-03", "2026-11-30"]);
            assert_eq!((ask.group, ask.anchor, ask.calendar), (None, None, CalendarKind::Elapsed));
            assert!(ask.filters.is_empty());
        }
    }

    #[test]
    fn each_word_is_read() {
        let words = ReportWords {
            from: word("2026-11-01"),
            to: word("2026-11-07"),
            tz: word("Asia/Kolkata"),
            group: word("weekday"),
            anchor: word("answered"),
            calendar: word("rep"),
            source: word("google"),
            campaign: word(""),
            ..ReportWords::default()
        };
        let ask = ask("response", words).expect("good words");
        assert_eq!(ask.period.zone_name(), "Asia/Kolkata");
        assert_eq!((ask.group, ask.anchor), (Some(Dimension::Weekday), Some(Anchor::Answered)));
        assert_eq!(ask.calendar, CalendarKind::Rep);
        let filter = |dimension, value: &str| Filter { dimension, value: value.to_owned() };
        assert_eq!(ask.filters, [filter(Dimension::Source, "google"), filter(Dimension::Campaign, "")]);
    }

    #[test]
    fn a_wrong_word_is_named() {
        let wrong = |name: &str, change: fn(&mut ReportWords)| {
            let mut words = ReportWords::default();
            change(&mut words);
            ask(name, words).expect_err("wrong").name
        };
        assert_eq!(wrong("response", |words| words.from = word("yesterday")), "from");
        assert_eq!(wrong("response", |words| words.to = word("2026-13-01")), "to");
        assert_eq!(wrong("response", |words| words.tz = word("Nowhere/Else")), "tz");
        assert_eq!(wrong("response", |words| words.group = word("landing_page")), "group");
        assert_eq!(wrong("response", |words| words.anchor = word("booked")), "anchor");
        assert_eq!(wrong("response", |words| words.calendar = word("lunar")), "calendar");
        assert_eq!(wrong("funnel", |words| words.calendar = word("elapsed")), "calendar");
        assert_eq!(wrong("funnel", |words| words.intent_type = word("Curious")), "intent_type");
        assert_eq!(wrong("funnel", |words| words.rep = word("bo")), "rep");
    }

    #[test]
    fn a_filter_of_a_command_is_that_of_a_query() {
        let mut known = 0;
        for name in Dimension::ALL.iter().map(|dimension| dimension.as_str()) {
            let mut words = ReportWords::default();
            if words.set_filter(name, "").is_ok() {
                let filters = words.filters().expect("good filters");
                assert_eq!(filters.iter().map(|filter| filter.dimension.as_str()).collect::<Vec<_>>(), [name]);
                known += 1;
            }
        }
        assert_eq!(known, 17);
        assert_eq!(ReportWords::default().set_filter("colour", "red").expect_err("unknown").name, "filter");
    }
}
