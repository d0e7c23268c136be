//! Installation guides for each website system.

use knock_wire::Site;

/// The guide for one system: the code and the steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Guide {
    /// The code to paste.
    pub(crate) code: String,
    pub(crate) steps: Vec<&'static str>,
}

/// The systems, in the order of their tabs.
pub(crate) const SYSTEMS: [&str; 8] =
    ["HTML", "Google Tag Manager", "WordPress", "Shopify", "Webflow", "React", "Next.js", "Vue"];

/// The consent call of a page.
pub(crate) const CONSENT_CALL: &str = "knock('consent', 'granted')";

const PUBLISH: &str = "Publish it and open a page of the site: this card turns green.";
const ROUTES: &str = "Build and publish it. Changes of the route are counted as page views without code of yours.";

/// The guide for a system, by its place among [`SYSTEMS`].
pub(crate) fn guide(system: usize, site: &Site) -> Guide {
    let name = SYSTEMS.get(system).copied().unwrap_or_default();
    let code = match name {
        "Google Tag Manager" => tag_manager(site),
        "Next.js" => next(site),
        _ => site.snippet.clone(),
    };
    Guide { code, steps: steps(name) }
}

fn steps(system: &str) -> Vec<&'static str> {
    match system {
        "Google Tag Manager" => vec![
            "Choose Tags > New > Custom HTML and paste this code. It is made for Tag Manager, which may drop data-site from the plain snippet.",
            "Add the trigger \u{201c}Initialization - All Pages\u{201d} and save the tag.",
            "Choose Submit and publish the changes, then open a page of the site: this card turns green.",
        ],
        "WordPress" => vec![
            "Install a plugin for code in the header, such as WPCode, under Plugins > Add New.",
            "Open Code Snippets > Header & Footer, paste this line under Header and save.",
            "Empty the cache, and exclude k.js from plugins that delay or combine scripts.",
            "Open a page of the site: this card turns green.",
        ],
        "Shopify" => vec![
            "Open Online Store > Themes, and choose Edit code in the menu of the live theme.",
            "Paste this line before </head> in layout/theme.liquid and save.",
            "Open the store: this card turns green. The checkout does not run code of the theme.",
        ],
        "Webflow" => vec![
            "Open Site settings > Custom code and paste this line under Head code.",
            "Save the changes and publish the site.",
            "Open a page: this card turns green. On the webflow.io address it first turns red, and offers to add that origin.",
        ],
        "React" => {
            vec!["Paste this line before </head> in index.html (Vite) or public/index.html (Create React App).", ROUTES]
        }
        "Next.js" => vec![
            "Put this element into <body> in app/layout.tsx, or into pages/_app.tsx with the pages router.",
            ROUTES,
        ],
        "Vue" => vec!["Paste this line before </head> in index.html (Vite) or public/index.html (Vue CLI).", ROUTES],
        _ => vec!["Paste this line before </head> on every page, or in the template that all pages share.", PUBLISH],
    }
}

/// A script that creates the script element, in a syntax that Tag Manager accepts.
fn tag_manager(site: &Site) -> String {
    let base =
        if site.base.is_empty() { String::new() } else { format!("  s.setAttribute('data-base', '{}');\n", site.base) };
    let consent = if site.waits_for_consent { "  s.setAttribute('data-consent', 'required');\n" } else { "" };
    format!(
        "<script>\n(function () {{\n  var s = document.createElement('script');\n  s.async = true;\n  \
         s.crossOrigin = 'anonymous';\n  s.src = '{}';\n  s.setAttribute('data-site', '{}');\n{base}{consent}  \
         document.head.appendChild(s);\n}})();\n</script>",
        address(site),
        site.key
    )
}

fn next(site: &Site) -> String {
    let base = if site.base.is_empty() { String::new() } else { format!(" data-base=\"{}\"", site.base) };
    let consent = if site.waits_for_consent { " data-consent=\"required\"" } else { "" };
    format!(
        "import Script from 'next/script';\n\n<Script src=\"{}\" crossOrigin=\"anonymous\" data-site=\"{}\"{base}{consent} />",
        address(site),
        site.key
    )
}

/// The address of the snippet's script.
fn address(site: &Site) -> &str {
    site.snippet.split_once("src=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(address, _)| address)
}

/// The mail to a developer with all that the installation needs.
pub(crate) fn developer_text(system: usize, site: &Site) -> String {
    let guide = guide(system, site);
    let name = SYSTEMS.get(system).copied().unwrap_or_default();
    let steps = (1..).zip(&guide.steps).map(|(number, step)| format!("{number}. {step}\n")).collect::<String>();
    let steps = steps.replace("this card turns green", "its first signal shows in Knock under Install");
    let consent = if site.waits_for_consent {
        format!("\nOnce the visitor has agreed, call {CONSENT_CALL}; until then nothing is stored or sent.\n")
    } else {
        String::new()
    };
    let origins = if site.origins.is_empty() { "none yet".to_owned() } else { site.origins.join(", ") };
    format!(
        "Please install the Knock snippet on {}.\n\n{}\n\n{name}:\n{steps}{consent}\nSignals are taken from these addresses only: \
         {origins}. Tell me if it shall run elsewhere too, such as on a test site.\n",
        site.name, guide.code
    )
}

/// The subject of the mail to a developer.
pub(crate) fn developer_subject(site: &Site) -> String {
    format!("Install the Knock snippet on {}", site.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_system_has_two_to_four_steps_and_code_with_the_key() {
        let site = Site { base: "/de".to_owned(), ..sample::site() };
        for (place, name) in SYSTEMS.iter().enumerate() {
            let Guide { code, steps } = guide(place, &site);
            assert!((2..=4).contains(&steps.len()), "{name}");
            assert!(code.contains("https://knock.test/k.js") && code.contains("demo"), "{name}: {code}");
            assert!(code.contains("data-base") || code == site.snippet, "{name}: {code}");
        }
    }

    #[wasm_bindgen_test]
    fn tag_manager_gets_a_script_that_makes_the_element() {
        let code = guide(1, &sample::site()).code;
        assert!(code.contains("s.src = 'https://knock.test/k.js';"), "{code}");
        assert!(code.contains("s.setAttribute('data-site', 'demo');") && !code.contains("data-base"), "{code}");
    }

    #[wasm_bindgen_test]
    fn every_code_waits_where_consent_is_asked_for() {
        let snippet = sample::site().snippet.replace("></script>", " data-consent=\"required\"></script>");
        let site = Site { waits_for_consent: true, snippet, ..sample::site() };
        for (place, name) in SYSTEMS.iter().enumerate() {
            let code = guide(place, &site).code;
            assert!(code.contains("data-consent") && code.contains("required"), "{name}: {code}");
            assert!(developer_text(place, &site).contains(CONSENT_CALL), "{name}");
            assert!(!guide(place, &sample::site()).code.contains("data-consent"), "{name}");
            assert!(!developer_text(place, &sample::site()).contains(CONSENT_CALL), "{name}");
        }
    }

    #[wasm_bindgen_test]
    fn a_developer_reads_code_steps_and_origins() {
        let text = developer_text(0, &sample::site());
        for part in ["on Shop.", "data-site=\"demo\"", "1. Paste this line", "https://shop.test"] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(!text.contains("this card"), "{text}");
    }
}
