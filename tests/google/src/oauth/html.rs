//! The HTML of the consent page.

use super::consent::{Asked, Wrong};
use crate::request::{Answer, Body};
use crate::scopes::whole;
use crate::world::World;

const HEAD: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\">";

/// What the app asks for, with buttons. Boxes are not ticked at first, as on Google's page.
pub(super) fn question(world: &World, asked: &Asked) -> String {
    let fields = asked.fields.iter().map(|(name, value)| hidden(name, value)).collect::<String>();
    let boxes = asked.boxes();
    let scopes: String = match boxes.as_slice() {
        [] => String::new(),
        [one] => format!("<p>{}</p>", escaped(&whole(one))),
        several => {
            let all = "<label><input type=\"checkbox\" name=\"all\" value=\"1\"> Select all</label><br>";
            let each = |scope: &&String| {
                let scope = escaped(&whole(scope));
                format!("<label><input type=\"checkbox\" name=\"granted\" value=\"{scope}\"> {scope}</label><br>")
            };
            format!("<p>{all}{}</p>", several.iter().map(each).collect::<String>())
        }
    };
    let unverified = match world.settings.testing {
        true => "<p>Google hasn’t verified this app. It is currently being tested.</p>",
        false => "",
    };
    let account = escaped(&asked.account);
    format!(
        "{HEAD}<title>Sign in - Google Accounts</title><h1>Knock wants access to your Google Account</h1>\
         <p id=\"account\">{account}</p>{unverified}<form method=\"post\">{fields}{scopes}\
         <button name=\"decision\" value=\"deny\">Deny</button> <button name=\"decision\" value=\"allow\">Allow</button>\
         </form></html>"
    )
}

/// The page in place of the question; the browser does not return to the app.
pub(super) fn error((status, code, message): Wrong) -> Answer {
    let page = format!(
        "{HEAD}<title>Error {status}</title><h1>Access blocked: authorization error</h1><p>{message}</p>\
         <p>Error {status}: {code}</p></html>"
    );
    Answer::new(status, Body::Html(page))
}

fn hidden(name: &str, value: &str) -> String {
    // What the page itself adds must not come twice.
    if matches!(name, "decision" | "granted" | "all") {
        return String::new();
    }
    format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
