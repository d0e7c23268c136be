//! Attribution of a person: campaign, else referrer, else the link's channel, else direct (RO-14).

use crate::team::Link;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use url::{Url, form_urlencoded};

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

    /// The campaign in an address, or in its part from `?` or `#` on: in the query, in the fragment and in a route within that,
    /// with the separators that mail programs, editors and hands leave (`&amp;`, `;`, `|`, a second `?`, `&` in place of
    /// the first one), escaped as well, and in capitals too. Of several values the first counts.
    pub fn of_address(address: &str) -> Utm {
        let mut utm = Utm::default();
        for part in parameters(address) {
            let Some((name, value)) = form_urlencoded::parse(part.as_bytes()).next() else { continue };
            let place = Utm::PARAMETERS.iter().position(|known| known.eq_ignore_ascii_case(&name));
            let Some(field) = place.and_then(|place| utm.parts_mut().into_iter().nth(place)) else { continue };
            if field.is_empty() {
                *field = unescaped(&value).unwrap_or(value.into()).trim().to_owned();
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

/// A value that was escaped twice, `q4%2520launch`; none for others.
fn unescaped(value: &str) -> Option<String> {
    let is_escape = |at: usize| value.get(at + 1..at + 3).is_some_and(|code| u8::from_str_radix(code, 16).is_ok());
    value.match_indices('%').any(|(at, _)| is_escape(at)).then_some(())?;
    let text = value.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    let (once, _) = form_urlencoded::parse(text.as_bytes()).next()?;
    (!once.contains('\u{fffd}')).then(|| once.into_owned())
}

/// Separators of parameters in mistakes; before the first `?` or `#` those but the slash.
const MISTAKEN: [char; 8] = ['?', '#', '&', ';', '|', ',', '+', ' '];

/// The parameters of an address. What separates them only in mistakes does so before a parameter of campaigns, and is part of
/// a value elsewhere.
fn parameters(address: &str) -> Vec<&str> {
    let is_campaign = |at: usize| address.get(at..at + 4).is_some_and(|start| start.eq_ignore_ascii_case("utm_"));
    let (mut parts, mut start) = (Vec::new(), None);
    for (at, c) in address.char_indices() {
        let is_known = c == '?' && start.is_none() || c == '#' || c == '&' && start.is_some();
        let is_mistaken = (MISTAKEN.contains(&c) || c == '/' && start.is_some()) && is_campaign(at + 1);
        let is_escaped = escaped(address, at).is_some_and(|c| MISTAKEN.contains(&c)) && is_campaign(at + 3);
        if is_known || is_mistaken || is_escaped {
            parts.extend(start.map(|start| &address[start..at]));
            start = Some(at + if is_escaped { 3 } else { 1 });
        }
    }
    parts.extend(start.map(|start| &address[start..]));
    parts
}

/// The sign that is escaped at a place of an address: `%3B`.
fn escaped(address: &str, at: usize) -> Option<char> {
    let code = address[at..].strip_prefix('%')?.get(..2)?;
    u8::from_str_radix(code, 16).ok().map(char::from)
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
    let mut fields = first.map(|view| Utm::of_address(view.url).fields()).unwrap_or_default();
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
    use alloc::format;

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
    fn campaigns_are_read_by_their_first_values_however_they_are_spelled() {
        let page = "https://a.example/l/x?utm_source=%20G2%20&c=t&utm_source=b&utm_term=";
        assert_eq!(Utm::of_address(page), Utm { source: "G2".into(), ..Utm::default() });
        let mail = Utm { source: "mail".into(), medium: "email".into(), campaign: "q4".into(), ..Utm::default() };
        for address in [
            "https://a.example/?utm_source=mail&utm_medium=email&utm_campaign=q4",
            "?utm_source=mail&amp;utm_medium=email&amp;utm_campaign=q4",
            "?amp;utm_source=mail&amp;amp;utm_medium=email&#38;utm_campaign=q4",
            "?utm_source=mail;utm_medium=email;utm_campaign=q4",
            "?utm_source=mail?utm_medium=email&utm_campaign=q4",
            "?UTM_Source=mail&Utm_Medium=email&UTM_CAMPAIGN=q4",
            "https://a.example/#utm_source=mail&utm_medium=email&utm_campaign=q4",
            "https://a.example/#/prices?utm_source=mail&utm_medium=email&utm_campaign=q4",
            "https://a.example/#!/utm_source=mail&utm_medium=email&utm_campaign=q4",
            "https://a.example/?utm_source=mail&tab=1#/prices?tab=2&utm_medium=email&utm_source=x&utm_campaign=q4",
            "https://a.example/prices&utm_source=mail&utm_medium=email&utm_campaign=q4",
            "https://a.example/prices/;utm_source=mail;utm_medium=email;utm_campaign=q4",
            "https://a.example/prices%3Futm_source=mail&utm_medium=email&utm_campaign=q4",
            "?utm_source=mail&amp%3Butm_medium=email&amp;amp%3Butm_campaign=q4",
            "?utm_source=mail&#038;utm_medium=email&#x26;utm_campaign=q4",
            "?utm_source=mail|utm_medium=email,utm_campaign=q4",
            "?utm_source=mail+utm_medium=email%20utm_campaign=q4",
            "?utm_source=mail%26utm_medium=email%7Cutm_campaign=q4",
            "?&utm_source=mail&&utm_medium=email&utm_campaign=q4",
            "??utm_source=mail&utm_medium=email&utm_campaign=q4#top",
            "https://a.example/#?utm_source=mail&utm_medium=email&utm_campaign=q4",
            "https://a.example/#/prices&utm_source=mail&utm_medium=email&utm_campaign=q4",
            "https://a.example/#section#utm_source=mail&utm_medium=email&utm_campaign=q4",
            "?utm%5Fsource=mail&utm%5fmedium=email&utm_campaign=%20q4",
        ] {
            assert_eq!(Utm::of_address(address), mail, "{address}");
        }
        let odd = Utm { content: "a;b/c?".into(), term: "x=y".into(), ..Utm::default() };
        assert_eq!(Utm::of_address("?utm_content=a;b/c?&utm_term=x=y"), odd, "what only looks like a separator");
        for (value, read) in [
            ("q4%2520launch", "q4 launch"),
            ("a%252Bb%2526c", "a+b&c"),
            ("m%25C3%25BCller", "müller"),
            ("50%25", "50%"),
            ("50%25+off", "50% off"),
            ("%25ff", "%ff"),
            ("a/b;c|d,e", "a/b;c|d,e"),
            ("{{campaign.name}}", "{{campaign.name}}"),
            ("Sommer%2FHerbst", "Sommer/Herbst"),
        ] {
            assert_eq!(Utm::of_address(&format!("?utm_campaign={value}")).campaign, read, "{value}");
        }
        for address in [
            "https://a.example/?next=https%3A%2F%2Fb.example%2F%3Futm_source%3Dx",
            "https://a.example/a&b;c?x=1",
            "?x-utm_source=x",
            "?x.utm_source=x",
            "?utm_id=x&utm_sources=y",
            "https://utm_source=x@a.example/",
        ] {
            assert!(Utm::of_address(address).is_empty(), "{address}");
        }
        for address in ["", "https://a.example/utm_source=x", "?my_utm_source=x", "?q=utm_source", "#utm_"] {
            assert!(Utm::of_address(address).is_empty(), "{address}");
        }
        assert!(!Utm { content: "a".into(), ..Utm::default() }.is_empty());
    }
}
