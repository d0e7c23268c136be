//! How persons and browsers came, each way once in memory.

use knock_model::SiteId;
use knock_ports::FirstTouch;
use knock_report::Touch;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The ways seen so far. Many came the same way, and what is counted by it is looked up by its place in memory.
#[derive(Default)]
pub(super) struct Touches {
    /// By the stored text, which differs in what reports do not read.
    texts: HashMap<String, Arc<Touch>>,
    touches: HashSet<Arc<Touch>>,
}

impl Touches {
    /// Returns the way that a stored text says; one about which nothing is known for a text that cannot be read.
    pub(super) fn of_text(&mut self, text: &str) -> Arc<Touch> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let read = FirstTouch::parse(text).unwrap_or_default();
        let touch = self.of(&read);
        self.texts.insert(text.to_owned(), Arc::clone(&touch));
        touch
    }

    /// Returns the way of a first touch.
    pub(super) fn of(&mut self, first: &FirstTouch) -> Arc<Touch> {
        self.once(touch(first))
    }

    /// Returns the way of browsers of which no more is known than their site.
    pub(super) fn of_site(&mut self, site: SiteId) -> Arc<Touch> {
        self.once(Touch { site: site.0.to_string(), ..Touch::default() })
    }

    fn once(&mut self, touch: Touch) -> Arc<Touch> {
        if let Some(known) = self.touches.get(&touch) {
            return Arc::clone(known);
        }
        let new = Arc::new(touch);
        self.touches.insert(Arc::clone(&new));
        new
    }
}

fn touch(first: &FirstTouch) -> Touch {
    let get = |name: &str| first.reported(name).to_owned();
    Touch {
        site: get(FirstTouch::SITE),
        link: get(FirstTouch::LINK),
        channel: get("channel"),
        source: get("source"),
        campaign: get("utm_campaign"),
        landing_page: first.path().to_owned(),
        country: get(FirstTouch::COUNTRY),
        device: get(FirstTouch::DEVICE),
        language: get(FirstTouch::LANGUAGE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_in_memory_once_whatever_else_its_text_says() {
        let mut touches = Touches::default();
        let one = r#"{"channel":"Campaign","landing_page":"https://a.example/pricing?gclid=1","utm_term":"x"}"#;
        let other = r#"{"channel":"Campaign","landing_page":"https://a.example/pricing?gclid=2#top"}"#;
        let found = [one, other, one].map(|text| touches.of_text(text));
        assert_eq!((found[0].channel.as_str(), found[0].landing_page.as_str()), ("Campaign", "/pricing"));
        assert!(Arc::ptr_eq(&found[0], &found[1]) && Arc::ptr_eq(&found[0], &found[2]));
        assert_eq!(*touches.of_text(""), Touch::default());
        assert_eq!(*touches.of_text("junk"), Touch::default());
    }

    #[test]
    fn of_browsers_without_a_text_the_site_is_known() {
        let mut touches = Touches::default();
        let site = touches.of_site(SiteId(3));
        assert_eq!(*site, Touch { site: "3".into(), ..Touch::default() });
        assert!(Arc::ptr_eq(&site, &touches.of_text(r#"{"site":"3"}"#)));
    }
}
