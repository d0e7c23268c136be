//! The first touch of a person (RO-14), or of a browser.

use crate::Client;
use knock_model::SiteId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The first touch of a person: the fields of attribution without their prefix, and what reports are grouped by beside
/// them. Empty before it is computed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FirstTouch(BTreeMap<String, String>);

/// What is known of a first touch beside the attribution; empty texts for what is not known.
#[derive(Clone, Copy, Debug, Default)]
pub struct TouchPlace<'p> {
    pub site: Option<SiteId>,
    /// The address of the first page.
    pub landing_page: &'p str,
    /// The Knock Link of the first conversation, else of the first meeting.
    pub link: &'p str,
    /// The client of the first page view.
    pub client: Option<&'p Client>,
}

/// The bytes of a value in reports. With [`MOST_PATH`] it bounds the text of a first touch in the counts of visitors,
/// which is part of a key: PostgreSQL has no room for a longer one in an index.
const MOST: usize = 100;
/// The bytes of the path of a page in reports.
const MOST_PATH: usize = 300;

impl FirstTouch {
    /// The prefix of the fields of attribution in the field catalogue.
    pub const PREFIX: &'static str = "attribution.";
    /// The landing page.
    pub const LANDING_PAGE: &'static str = "landing_page";
    /// The number of the site.
    pub const SITE: &'static str = "site";
    /// The Knock Link.
    pub const LINK: &'static str = "link";
    /// The country.
    pub const COUNTRY: &'static str = "country";
    /// The device.
    pub const DEVICE: &'static str = "device";
    /// The language of the browser.
    pub const LANGUAGE: &'static str = "language";
    /// Those that are no fields of attribution.
    const BESIDE: [&'static str; 6] = [
        FirstTouch::LANDING_PAGE,
        FirstTouch::SITE,
        FirstTouch::LINK,
        FirstTouch::COUNTRY,
        FirstTouch::DEVICE,
        FirstTouch::LANGUAGE,
    ];
    /// Those that reports are grouped by, without the landing page.
    const REPORTED: [&'static str; 8] = [
        "channel",
        "source",
        "utm_campaign",
        FirstTouch::SITE,
        FirstTouch::LINK,
        FirstTouch::COUNTRY,
        FirstTouch::DEVICE,
        FirstTouch::LANGUAGE,
    ];

    /// Creates it from the fields of attribution and what is known beside them.
    pub fn new(fields: Vec<(&'static str, String)>, place: &TouchPlace<'_>) -> FirstTouch {
        let fields = fields.into_iter().filter_map(|(field, value)| {
            let name = field.strip_prefix(FirstTouch::PREFIX)?;
            Some((name.to_owned(), stored(&value)))
        });
        let client = |of: fn(&Client) -> &String| place.client.map_or("", |client| of(client).as_str());
        let site = place.site.map(|SiteId(number)| number.to_string()).unwrap_or_default();
        let beside = [
            (FirstTouch::LANDING_PAGE, place.landing_page),
            (FirstTouch::SITE, site.as_str()),
            (FirstTouch::LINK, place.link),
            (FirstTouch::COUNTRY, client(|client| &client.country)),
            (FirstTouch::DEVICE, client(|client| &client.device)),
            (FirstTouch::LANGUAGE, client(|client| &client.language)),
        ];
        let beside = beside.map(|(name, value)| (name.to_owned(), stored(value)));
        FirstTouch(fields.chain(beside.into_iter().filter(|(_, value)| !value.is_empty())).collect())
    }

    /// Reads the stored text, which is empty before it is computed; none for a text that is no first touch.
    pub fn parse(text: &str) -> Option<FirstTouch> {
        if text.is_empty() { Some(FirstTouch::default()) } else { serde_json::from_str(text).ok() }
    }

    /// Returns a field by its name without the prefix; empty if it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The same as reports show it: not longer than what the counts of visitors keep.
    pub fn reported(&self, name: &str) -> &str {
        cut(self.get(name), MOST)
    }

    /// The path of the landing page as reports show it: without host, query and fragment. Empty without a page view.
    pub fn path(&self) -> &str {
        cut(path(self.get(FirstTouch::LANDING_PAGE)), MOST_PATH)
    }

    /// What the counts of visitors keep: nothing but what reports are grouped by, so that the same ways have the same
    /// text, and of the page no more than its path.
    pub fn for_visits(&self) -> FirstTouch {
        let fields = FirstTouch::REPORTED.map(|name| (name, self.reported(name)));
        let kept = fields.into_iter().chain([(FirstTouch::LANDING_PAGE, self.path())]);
        let shown = |value: &str| value.chars().filter(|c| !c.is_control()).collect::<String>();
        FirstTouch(
            kept.filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.into(), shown(value))).collect(),
        )
    }

    /// Whether it is not computed yet.
    pub fn is_unknown(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the fields of attribution by their names in the field catalogue.
    pub fn fields(&self) -> impl Iterator<Item = (String, &str)> {
        let fields = self.0.iter().filter(|(name, _)| !FirstTouch::BESIDE.contains(&name.as_str()));
        fields.map(|(name, value)| (format!("{}{name}", FirstTouch::PREFIX), value.as_str()))
    }
}

/// The text as a store returns it: no store holds NUL.
fn stored(text: &str) -> String {
    text.replace('\0', "")
}

/// The path of an address, or of a path.
fn path(address: &str) -> &str {
    let page = address.split(['?', '#']).next().unwrap_or_default();
    match page.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('/') => rest.find('/').map_or("/", |at| &rest[at..]),
        Some(_) | None => page,
    }
}

/// The beginning of a text, whole characters.
fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str, campaign: &str) -> FirstTouch {
        let fields = vec![
            ("attribution.channel", "Campaign".to_owned()),
            ("attribution.utm_campaign", campaign.to_owned()),
            ("attribution.utm_term", "tuba".to_owned()),
        ];
        let client = Client { device: "mobile".into(), country: "AT".into(), ..Client::default() };
        FirstTouch::new(
            fields,
            &TouchPlace { site: Some(SiteId(3)), landing_page: url, link: "", client: Some(&client) },
        )
    }

    #[test]
    fn fields_are_those_of_attribution_alone() {
        let touch = of("https://us.example/a?b=1", "spring");
        let fields: Vec<String> = touch.fields().map(|(name, _)| name).collect();
        assert_eq!(fields, ["attribution.channel", "attribution.utm_campaign", "attribution.utm_term"]);
        assert_eq!((touch.get(FirstTouch::SITE), touch.get(FirstTouch::COUNTRY)), ("3", "AT"));
        assert_eq!((touch.get(FirstTouch::LINK), touch.get(FirstTouch::LANGUAGE)), ("", ""));
    }

    #[test]
    fn a_page_is_reported_by_its_path() {
        for (url, expected) in [
            ("https://us.example/a/b?mail=ann@us.example#x", "/a/b"),
            ("https://us.example", "/"),
            ("https://us.example?a=/b", "/"),
            ("https://us.example/to/https://other.example/", "/to/https://other.example/"),
            ("/a?b", "/a"),
            ("/to/https://other.example/", "/to/https://other.example/"),
            ("", ""),
        ] {
            assert_eq!(of(url, "").path(), expected, "{url}");
            assert_eq!(of(url, "").for_visits().path(), expected, "{url}");
        }
    }

    #[test]
    fn what_counts_of_visitors_keep_is_the_same_for_the_same_way_and_short() {
        let (one, other) = (of("https://us.example/a?one", "spring"), of("https://us.example/a?two", "spring"));
        assert_ne!(one, other);
        assert_eq!(one.for_visits(), other.for_visits());
        assert_eq!((one.for_visits().get("utm_term"), one.for_visits().get("utm_campaign")), ("", "spring"));
        let long = of(&format!("https://us.example/{}", "ö\"".repeat(2_000)), &"\"\u{1}ü".repeat(2_000));
        let text = serde_json::to_string(&long.for_visits()).expect("JSON");
        assert!(text.len() < 2_400, "{}", text.len());
        assert_eq!(long.for_visits().path(), long.path());
        assert_eq!(FirstTouch::parse(&text), Some(long.for_visits()));
        assert_eq!((FirstTouch::parse(""), FirstTouch::parse("[")), (Some(FirstTouch::default()), None));
    }
}
