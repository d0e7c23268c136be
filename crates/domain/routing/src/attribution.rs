//! Where a person came from at first: campaign, else referrer, else the link's channel, else directly (RO-14).

use crate::team::Link;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use url::Url;

/// A page that somebody saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSeen<'p> {
    /// Its address.
    pub url: &'p str,
    /// The address of the page that led to it; empty when not known.
    pub referrer: &'p str,
}

const CAMPAIGN: [(&str, &str); 5] = [
    ("utm_source", "attribution.utm_source"),
    ("utm_medium", "attribution.utm_medium"),
    ("utm_campaign", "attribution.utm_campaign"),
    ("utm_term", "attribution.utm_term"),
    ("utm_content", "attribution.utm_content"),
];

/// The fields of attribution that are known, by the first page a person saw and the link they came by.
pub fn attribution(first: Option<PageSeen<'_>>, link: Option<&Link>) -> Vec<(&'static str, String)> {
    let page = first.and_then(|view| Url::parse(view.url).ok());
    let mut fields = page.as_ref().map(campaign).unwrap_or_default();
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

fn campaign(page: &Url) -> Vec<(&'static str, String)> {
    let given = |name: &str| page.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned());
    let fields =
        CAMPAIGN.iter().filter_map(|(name, field)| Some((*field, given(name).filter(|value| !value.is_empty())?)));
    fields.collect()
}

/// The domain somebody came from; a page of the site itself is nobody else's.
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

    fn told(url: &str, referrer: &str, channel: Option<&str>) -> Vec<(&'static str, String)> {
        let link =
            channel.map(|channel| Link { id: "l".into(), funnel: Funnel::Chat, channel: channel.into(), rule: None });
        attribution(Some(PageSeen { url, referrer }), link.as_ref())
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
            let fields = told(url, referrer, channel);
            let got = (of(&fields, "attribution.channel"), of(&fields, "attribution.source"));
            assert_eq!(got, (expected.to_owned(), source.to_owned()), "{url}");
        }
        assert_eq!(of(&told(cases[0].0, "", None), "attribution.utm_campaign"), "q3 dan");
    }
}
