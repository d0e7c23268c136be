//! Attribution of a person: campaign, else referrer, else the link's channel, else direct (RO-14).

use crate::team::Link;
use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;
use url::Url;

/// A page that somebody saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSeen<'p> {
    pub url: &'p str,
    /// The address of the page that led to it; empty when not known.
    pub referrer: &'p str,
}

/// The campaign that a Knock Link was opened with: of its address, else that of the link. Empty texts for what is not
/// known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Utm {
    pub source: String,
    pub medium: String,
    pub campaign: String,
    pub term: String,
    pub content: String,
}

impl Utm {
    /// The names of the parameters in an address, in the order of the fields.
    pub const PARAMETERS: [&'static str; 5] = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];

    /// The campaign in the query of an address.
    pub fn of_query<'q>(pairs: impl Iterator<Item = (Cow<'q, str>, Cow<'q, str>)>) -> Utm {
        let mut utm = Utm::default();
        for (name, value) in pairs {
            let place = Utm::PARAMETERS.iter().position(|known| *known == name);
            let Some(field) = place.map(|place| utm.parts_mut().into_iter().nth(place)) else { continue };
            if let Some(field) = field.filter(|field| field.is_empty()) {
                value.trim().clone_into(field);
            }
        }
        utm
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|part| part.is_empty())
    }

    /// The values, in the order of [`Utm::PARAMETERS`].
    pub fn parts(&self) -> [&str; 5] {
        [&self.source, &self.medium, &self.campaign, &self.term, &self.content]
    }

    fn parts_mut(&mut self) -> [&mut String; 5] {
        let Utm { source, medium, campaign, term, content } = self;
        [source, medium, campaign, term, content]
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let known = FIELDS.iter().zip(self.parts()).filter(|(_, value)| !value.is_empty());
        known.map(|(field, value)| (*field, value.to_owned())).collect()
    }
}

const FIELDS: [&str; 5] = [
    "attribution.utm_source",
    "attribution.utm_medium",
    "attribution.utm_campaign",
    "attribution.utm_term",
    "attribution.utm_content",
];

/// The fields of attribution that are known, by the first page a person saw, the link they came by, and the campaign it
/// was opened with. A campaign or a referrer of the page comes before that of the link.
pub fn attribution(first: Option<PageSeen<'_>>, link: Option<&Link>, opened: &Utm) -> Vec<(&'static str, String)> {
    let page = first.and_then(|view| Url::parse(view.url).ok());
    let mut fields = page.as_ref().map(|page| Utm::of_query(page.query_pairs()).fields()).unwrap_or_default();
    if fields.is_empty() && first.and_then(|view| referrer_domain(view.referrer, page.as_ref())).is_none() {
        fields = opened.fields();
    }
    let source = fields.iter().find(|(field, _)| *field == "attribution.utm_source").map(|(_, value)| value.clone());
    let referrer = first.and_then(|view| referrer_domain(view.referrer, page.as_ref()));
    let channel = link.map(|link| link.channel.clone()).filter(|channel| channel != "Website");
    let (channel, source) = match (source, &referrer, channel) {
        (Some(source), _, _) => ("Campaign".to_owned(), source),
        (None, Some(domain), _) => ("Referral".to_owned(), domain.clone()),
        (None, None, Some(channel)) => (channel.clone(), channel),
        (None, None, None) => ("Direct".to_owned(), "Direct".to_owned()),
    };
    fields.push(("attribution.channel", channel));
    fields.push(("attribution.source", source));
    fields.extend(referrer.map(|domain| ("attribution.referrer_domain", domain)));
    fields
}

/// The referring domain; none for a page of the site itself.
fn referrer_domain(referrer: &str, page: Option<&Url>) -> Option<String> {
    let referrer = Url::parse(referrer).ok()?;
    let domain = referrer.host_str()?.trim_start_matches("www.").to_owned();
    let own = page.and_then(Url::host_str).map(|host| host.trim_start_matches("www."));
    (own != Some(&domain)).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Funnel;

    fn fields_of(url: &str, referrer: &str, channel: Option<&str>) -> Vec<(&'static str, String)> {
        let (id, funnel, rule, calendar) = ("l".to_owned(), Funnel::Chat, None, None);
        let link = channel.map(|channel| Link { id, funnel, channel: channel.into(), rule, calendar });
        attribution(Some(PageSeen { url, referrer }), link.as_ref(), &Utm::default())
    }

    #[test]
    fn a_campaign_comes_before_a_referrer_and_that_before_the_link() {
        let of = |fields: &[(&str, String)], name: &str| {
            fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let cases = [
            ("https://a.example/?utm_source=G2&utm_campaign=q3+dan", "https://www.g2.com/x", None, "Campaign", "G2"),
            ("https://a.example/?utm_source=", "https://www.g2.com/x", Some("PDF"), "Referral", "g2.com"),
            ("https://a.example/", "https://www.a.example/b", Some("PDF"), "PDF", "PDF"),
            ("https://a.example/", "", Some("Website"), "Direct", "Direct"),
            ("not an address", "nor this", None, "Direct", "Direct"),
        ];
        for (url, referrer, channel, expected, source) in cases {
            let fields = fields_of(url, referrer, channel);
            let got = (of(&fields, "attribution.channel"), of(&fields, "attribution.source"));
            assert_eq!(got, (expected.to_owned(), source.to_owned()), "{url}");
        }
        assert_eq!(of(&fields_of(cases[0].0, "", None), "attribution.utm_campaign"), "q3 dan");
    }

    #[test]
    fn the_campaign_of_a_link_counts_where_the_page_says_nothing() {
        let opened = Utm { source: "mail".into(), campaign: "spring".into(), ..Utm::default() };
        let of = |url: &str, referrer: &str| {
            let fields = attribution(Some(PageSeen { url, referrer }), None, &opened);
            let text = |name: &str| fields.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value);
            [text("attribution.channel"), text("attribution.source"), text("attribution.utm_campaign")].join(" ")
        };
        for (url, referrer, expected) in [
            ("https://a.example/", "", "Campaign mail spring"),
            ("https://a.example/?utm_source=G2", "", "Campaign G2 "),
            ("https://a.example/", "https://www.g2.com/", "Referral g2.com "),
        ] {
            assert_eq!(of(url, referrer), expected, "{url} {referrer}");
        }
        assert_eq!(
            attribution(None, None, &opened),
            attribution(Some(PageSeen { url: "", referrer: "" }), None, &opened)
        );
    }

    #[test]
    fn a_query_is_read_by_its_first_values() {
        let page =
            Url::parse("https://a.example/l/x?utm_source=%20G2%20&c=t&utm_source=b&utm_term=").expect("an address");
        assert_eq!(Utm::of_query(page.query_pairs()), Utm { source: "G2".into(), ..Utm::default() });
        assert!(Utm::of_query(core::iter::empty()).is_empty());
        assert!(!Utm { content: "a".into(), ..Utm::default() }.is_empty());
    }
}
