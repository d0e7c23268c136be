//! A data directory of an earlier version starts, migrates and gives the same responses.

use crate::support::{Knock, id};
use knock_store::Scratch;
use knock_testing::Binary;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Members of JSON that depend on the instant of the request or on the build of the tracker.
const VOLATILE: [&str; 3] = ["/exported_at", "/intent/at", "/snippet_pinned"];

/// The server's address in the stored responses.
const URL: &str = "http://knock.example";

/// The data and the responses of an earlier version.
struct Earlier {
    folder: PathBuf,
    answers: Value,
}

impl Earlier {
    fn all() -> Vec<Earlier> {
        let folders = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/upgrade");
        let folders = std::fs::read_dir(folders).expect("it is there").map(|entry| entry.expect("an entry").path());
        let read = |folder: PathBuf| {
            let answers = std::fs::read_to_string(folder.join("answers.json")).expect("the answers");
            Earlier { answers: serde_json::from_str(&answers).expect("JSON"), folder }
        };
        folders.filter(|folder| folder.is_dir()).map(read).collect()
    }

    /// Unpacks the data, with the clock of that time.
    fn lay_out(&self, data: &Path) {
        let packed = std::fs::File::open(self.folder.join("knock.db.gz")).expect("the database");
        let mut database = std::fs::File::create(data.join("knock.db")).expect("a file");
        std::io::copy(&mut flate2::read::GzDecoder::new(packed), &mut database).expect("it is unpacked");
        std::fs::copy(self.folder.join("secret.key"), data.join("secret.key")).expect("it is copied");
        let offset = self.answers["now_ms"].as_i64().expect("an instant") - knock_testing::now().0;
        std::fs::write(data.join("test-clock"), offset.to_string()).expect("it is written");
    }

    /// Compares all responses with those of this version.
    fn compare(&self, knock: &Knock) {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let key = text(&self.answers["key"]);
        for (path, expected) in members(&self.answers["team"]) {
            // The list of contacts has every lead by now.
            let path = if path == "contacts" { "contacts?named=true" } else { path };
            let now = knock.get(&format!("/api/v1/{path}"), &key);
            assert_eq!(now.code, 200, "{path}: {}", now.body);
            let now = now.body.to_string().replace(&knock.url, URL);
            is_kept(expected, &serde_json::from_str(&now).expect("JSON"), path);
        }
        for (conversation, expected) in members(&self.answers["visitors"]) {
            let (path, token) = (format!("/v1/chat/{conversation}/messages?after=0"), text(&expected["token"]));
            let now = knock.send("GET", &path, &[("authorization", &format!("Bearer {token}"))], None);
            is_kept(&expected["messages"], &now.body["messages"], conversation);
        }
        for (email, expected) in members(&self.answers["exports"]) {
            let now = knock.command(&["export", "--person", email]);
            is_kept(expected, &serde_json::from_slice(&now.stdout).expect("JSON"), email);
        }
        let session = knock.send("GET", "/api/v1/session", &[("cookie", &text(&self.answers["cookie"]))], None);
        assert_eq!(session.code, 200, "who was signed in still is");
    }

    /// Sends an action of a rep and a message of the first lead; checks that active webhooks get deliveries.
    fn goes_on(&self, knock: &Knock) {
        let count = |of: &Value| of["deliveries"].as_array().expect("a list").len();
        let (path, before) =
            members(&self.answers["team"]).find(|(path, _)| path.contains("/deliveries")).expect("one");
        let (chat, visitor) = members(&self.answers["visitors"]).next().expect("a chat");
        let key = self.answers["key"].as_str().expect("a key");
        let authorization = format!("Bearer {}", visitor["token"].as_str().expect("a token"));
        let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
        let action = json!("open_deal").to_string();
        let act = [("authorization", &*format!("Bearer {key}")), ("content-type", "application/json")];
        let acted = knock.send("POST", &format!("/api/v1/conversations/{chat}/actions"), &act, Some(action.as_bytes()));
        assert_eq!(acted.code, 204, "{}", acted.body);
        let draft = json!({"id": id(knock.now(), 9_999), "text": "Is anybody there?"}).to_string();
        let stored = knock.send("POST", &format!("/v1/chat/{chat}/messages"), &headers, Some(draft.as_bytes()));
        assert_eq!(stored.code, 201, "{}", stored.body);
        let now = knock.get(&format!("/api/v1/{path}"), key).body;
        assert!(count(&now) > count(before), "{now}");
    }
}

fn members(of: &Value) -> impl Iterator<Item = (&str, &Value)> {
    of.as_object().expect("an object").iter().map(|(name, value)| (name.as_str(), value))
}

/// Checks that every former member is there with the same value; there may be more.
fn is_kept(before: &Value, now: &Value, at: &str) {
    match (before, now) {
        (Value::Object(before), Value::Object(_)) => {
            for (name, before) in before {
                let at = format!("{at}/{name}");
                if !VOLATILE.iter().any(|volatile| at.ends_with(volatile)) {
                    is_kept(before, &now[name], &at);
                }
            }
        }
        (Value::Array(before), Value::Array(now)) => {
            // What leads did who are marked as spam formerly was shown, without their names.
            let is_listed = |entry: &&Value| now.iter().any(|now| now["id"] == entry["id"]);
            let is_hidden = |entry: &&Value| !is_listed(entry) && entry["contact"].is_null();
            let is_timeline = at.starts_with("timeline");
            let before: Vec<&Value> = before.iter().filter(|entry| !is_timeline || !is_hidden(entry)).collect();
            // Workspaces formerly had no link for meetings; it comes after the others.
            let is_more = usize::from(at == "links/links" && now.last().is_some_and(|link| link["slug"] == "meeting"));
            assert_eq!(before.len() + is_more, now.len(), "{at}");
            before.iter().zip(now).enumerate().for_each(|(index, (before, now))| {
                is_kept(before, now, &format!("{at}/{index}"));
            });
        }
        // Leads without an address formerly were no contacts.
        (Value::Null, Value::Object(_)) if at.ends_with("/contact") => {}
        // An account formerly had no type; now it follows its contacts.
        (Value::String(before), Value::String(_))
            if before == "Unknown" && at.contains("account") && at.ends_with("/intent/type") => {}
        // Members formerly were named by a part of their address, which only the team reads now.
        (Value::String(before), Value::String(now)) if before == "Admin" && at.ends_with("name") => {
            assert!(["admin@localhost", ""].contains(&now.as_str()), "{at}: {now}");
        }
        _ => assert_eq!(before, now, "{at}"),
    }
}

#[test]
fn a_data_directory_of_an_earlier_version_answers_the_same_and_goes_on() {
    let earlier = Earlier::all();
    assert!(!earlier.is_empty());
    for earlier in earlier {
        let home = Scratch::sqlite();
        earlier.lay_out(home.dir());
        let knock = Knock::start_in(home, &[]);
        earlier.compare(&knock);
        let rebuilt = knock.command(&["rebuild"]);
        assert!(rebuilt.status.success(), "{rebuilt:?}");
        earlier.compare(&knock);
        earlier.goes_on(&knock);
    }
}

#[test]
fn a_data_directory_of_an_earlier_version_moves_to_postgresql() {
    for earlier in Earlier::all() {
        let home = Scratch::new();
        if home.database().is_empty() {
            return;
        }
        earlier.lay_out(home.dir());
        let from = format!("sqlite:{}", home.dir().display());
        let migrate = ["migrate", "--from", &from, "--to", home.database()];
        let migrated = Binary::built().command(&migrate).output().expect("it runs");
        assert!(migrated.status.success(), "{migrated:?}");
        let knock = Knock::start_in(home, &[]);
        earlier.compare(&knock);
        earlier.goes_on(&knock);
    }
}
