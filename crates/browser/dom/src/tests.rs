//! The script half in a real browser: what it reads, what it survives, what it leaves behind.

use crate::Page;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A page whose messages are kept, without instant, address, visibility and title.
struct Stage {
    page: Page,
    config: JsValue,
    messages: Rc<RefCell<Vec<String>>>,
}

impl Stage {
    fn open(html: &str) -> Stage {
        Stage::open_with(html, "{}", |_| {})
    }

    fn open_with(html: &str, attributes: &str, act: impl Fn(&str) + 'static) -> Stage {
        let config = js(&format!(
            "(() => {{ document.getElementById('fixture')?.remove(); const fixture = document.createElement('div');
                fixture.id = 'fixture'; fixture.innerHTML = `{html}`; document.body.append(fixture);
                for (const kind of ['click', 'submit']) fixture.addEventListener(kind, (event) => event.preventDefault());
                const script = document.createElement('script');
                for (const [name, value] of Object.entries({attributes})) script.setAttribute(name, value);
                return {{ script, host: 'https://host', queue: [], events: [], url: location.href, time: 7 }} }})()"
        ));
        let messages = Rc::new(RefCell::new(Vec::new()));
        let kept = messages.clone();
        let page = Page::open(&config, "/v1/signals", |_| {
            Box::new(move |message: String| {
                let lines: Vec<&str> = message.split('\n').collect();
                kept.borrow_mut().push([&lines[..1], &lines[5..]].concat().join("|"));
                act(lines[0]);
            })
        });
        page.begin();
        page.watch(true);
        messages.borrow_mut().clear();
        Stage { page, config, messages }
    }

    fn does(&self, code: &str) -> Vec<String> {
        js(code);
        self.messages.take()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.page.watch(false);
        js("document.getElementById('fixture')?.remove()");
    }
}

fn js(code: &str) -> JsValue {
    js_sys::eval(code).expect("the test's own script runs")
}

fn number(of: &JsValue, name: &str) -> Option<f64> {
    js_sys::Reflect::get(of, &name.into()).ok().and_then(|value| value.as_f64())
}

#[wasm_bindgen_test]
fn a_click_tells_what_the_visitor_saw() {
    let stage = Stage::open(
        "<a id=a href=/x><b>See <i>more</i></b></a><button id=b aria-label='Close it'></button>
         <a id=c href=/y><img alt='A picture'></a><input id=d type=submit value=Go><p id=e>text</p>
         <section data-knock-cta=hero><p id=f>Hello</p></section><button id=g disabled><i>no</i></button>",
    );
    let origin = js("location.origin").as_string().unwrap_or_default();
    let click = |id: &str| {
        stage.does(&format!("const {id} = document.getElementById('{id}'); ({id}.querySelector('i') || {id}).click()"))
    };
    assert_eq!(click("a"), [format!("click|0||{origin}/x|See more")]);
    assert_eq!(click("b"), ["click|0|||Close it"]);
    assert_eq!(click("c"), [format!("click|0||{origin}/y|A picture")]);
    assert_eq!(click("d"), ["click|0|||Go"]);
    assert!(click("e").is_empty());
    assert_eq!(click("f"), ["click|0|+hero||Hello"]);
    assert!(click("g").is_empty());
}

#[wasm_bindgen_test]
fn ignored_parts_are_silent_and_masked_parts_say_so() {
    let stage = Stage::open(
        "<div data-knock-ignore><button id=a><i>x</i></button><form id=f><input id=n></form></div>
         <div data-knock-mask><button id=b>y</button></div><button id=c>Hi <i data-knock-mask>Ann</i></button>",
    );
    assert!(
        stage
            .does(
                "a.querySelector('i').click(); f.requestSubmit(); n.dispatchEvent(new Event('input', {bubbles: true}))"
            )
            .is_empty()
    );
    assert_eq!(stage.does("b.click()"), ["click|1|||y"]);
    assert_eq!(stage.does("c.click()"), ["click|1|||Hi Ann"]);
}

#[wasm_bindgen_test]
fn open_shadow_roots_and_slots_are_looked_into() {
    let stage = Stage::open("<x-box id=host><span id=slotted>Slotted</span></x-box>");
    js("host.attachShadow({mode: 'open'}).innerHTML = '<button><b>Inner</b></button><button><slot></slot></button>'");
    assert_eq!(stage.does("host.shadowRoot.querySelector('b').click()"), ["click|0|||Inner"]);
    let messages = stage.does("slotted.click()");
    assert_eq!(messages.len(), 1);
}

#[wasm_bindgen_test]
fn a_form_tells_names_and_only_the_values_that_may_identify() {
    let html = "<form id=f name=contact><input type=email name=mail value=ann@x.de><input name=name value=Ann>
        <input type=password name=pw value=secret><textarea name=msg>hello</textarea><input name=card data-knock-mask value=4111>
        <input name=gone data-knock-ignore value=x></form><input form=f name=outside value=1>";
    let stage = Stage::open(html);
    let submit = "f.requestSubmit()";
    let fields = "email\tmail\t\tann@x.de|text\tname\t\tAnn|password\tpw\t\t|textarea\tmsg\t\t|text\tcard\t\t|text\toutside\t\t1";
    assert_eq!(stage.does(submit), [format!("submit|contact|{fields}")]);
    drop(stage);
    let stage = Stage::open_with(html, "{'data-identify': 'off'}", |_| {});
    assert!(!stage.does(submit)[0].contains("ann@x.de"));
}

#[wasm_bindgen_test]
fn forms_are_numbered_and_begin_with_input() {
    let stage = Stage::open("<form id=f aria-label=Two><input id=a></form><form id=g><input id=b></form><input id=c>");
    let input = |id: &str| stage.does(&format!("{id}.dispatchEvent(new Event('input', {{bubbles: true}}))"));
    assert_eq!(input("a"), ["input|1|f"]);
    assert_eq!(input("b"), ["input|2|g"]);
    assert_eq!(input("a"), ["input|1|f"]);
    assert!(input("c").is_empty());
}

#[wasm_bindgen_test]
fn a_form_whose_fields_hide_its_methods_is_read_all_the_same() {
    let stage = Stage::open(
        "<form id=f data-knock-form=odd><input name=matches><input name=elements><input name=getAttribute>
         <input name=closest><input name=id><input id=go name=title></form><form name=title></form>",
    );
    let fields =
        ["matches", "elements", "getAttribute", "closest", "id", "title"].map(|name| format!("text\t{name}\t\t"));
    assert_eq!(
        stage.does("HTMLFormElement.prototype.requestSubmit.call(f)"),
        [format!("submit|odd|{}", fields.join("|"))]
    );
    assert_eq!(number(&stage.config, "errors"), None);
}

#[wasm_bindgen_test]
fn navigation_by_script_is_told_after_it_and_keeps_its_exceptions() {
    let stage = Stage::open("");
    assert_eq!(
        stage.does("history.pushState({}, '', '#a'); history.replaceState({}, '')"),
        ["pushState", "replaceState"]
    );
    let thrown = js("try { history.pushState({}, '', 'https://elsewhere.example/') } catch (error) { error.name }");
    assert_eq!(thrown.as_string().as_deref(), Some("SecurityError"));
    assert!(stage.messages.take().is_empty());
}

#[wasm_bindgen_test]
fn fifty_starts_and_stops_leave_the_page_as_it_was() {
    js("window.before = [history.pushState, history.replaceState]");
    for _ in 0..50 {
        let stage = Stage::open("<button id=a>x</button>");
        assert_eq!(stage.does("a.click()").len(), 1);
        stage.page.watch(false);
        assert!(stage.does("a.click()").is_empty());
    }
    assert_eq!(js("before[0] == history.pushState && before[1] == history.replaceState"), JsValue::TRUE);
}

#[wasm_bindgen_test]
fn calls_come_as_members_of_what_json_can_hold() {
    let stage = Stage::open("");
    js_sys::Reflect::set(
        &js("window"),
        &"q".into(),
        &js_sys::Reflect::get(&stage.config, &"queue".into()).unwrap_or_default(),
    )
    .expect("the window takes it");
    let messages = stage.does(
        "const o = {a: 1, big: 10n, f() {}, get bad() { throw 1 }, el: document.body, s: '\\n\\ud83d'}; o.self = o;
         q.push(['track', ' sign  up ', o]); q.push(['track', 'x', 5]); q.push(['nonsense']); q.push(['on', 'intent']);
         q.push(5); q.push(null); q.push(); q.push([Symbol()]); q.push(['track', Symbol(), Symbol()]);",
    );
    assert_eq!(messages, [r#"track|sign up|"a":1|"big":"10"|"el":{}|"s":"\n\ud83d""#, "track|x", "track|"]);
}

#[wasm_bindgen_test]
fn a_failing_handler_is_counted_and_reaches_nobody() {
    let stage = Stage::open_with("<button id=a>x</button>", "{}", |kind| {
        if kind == "click" {
            wasm_bindgen::throw_str("a failure");
        }
    });
    stage.does("window.onerror = () => { window.failed = 1 }; a.click()");
    assert_eq!(js("window.failed"), JsValue::UNDEFINED);
    let queue = js_sys::Reflect::get(&stage.config, &"queue".into()).unwrap_or_default();
    assert_eq!(number(&queue, "errors"), Some(1.0));
}

#[wasm_bindgen_test]
fn storage_keeps_texts_and_memory_stands_in_where_it_is_blocked() {
    let stage = Stage::open("");
    let page = &stage.page;
    let told = |key: &str| js(&format!("localStorage.getItem('{key}')")).as_string();
    assert_eq!(page.get("knock_test_a"), "");
    page.set("knock_test_a", "2");
    assert_eq!((told("knock_test_a").as_deref(), page.keys("knock_test_").as_str()), (Some("2"), "knock_test_a"));
    js("window.kept = Storage.prototype.setItem; Storage.prototype.setItem = () => { throw new Error('quota') }");
    page.set("knock_test_a", "3");
    js("Storage.prototype.setItem = window.kept");
    assert_eq!((page.get("knock_test_a").as_str(), told("knock_test_a")), ("3", None));
    page.remove("knock_test_a");
    assert_eq!(page.get("knock_test_a"), "");
}

#[wasm_bindgen_test]
async fn every_post_is_answered_once() {
    let stage = Stage::open("");
    js("window.real = [fetch, navigator.sendBeacon];
        window.fetch = (url, options) => { window.asked = [url, options.method, options.keepalive, options.credentials, options.body].join();
          return answer() }");
    let answers = [
        ("async () => new Response('', {status: 202})", "reply|202|"),
        ("async () => new Response('', {status: 503, headers: {'Retry-After': '7'}})", "reply|503|7"),
        ("async () => { throw new TypeError() }", "reply|0|"),
        ("() => { throw new Error() }", "reply|0|"),
    ];
    for (answer, expected) in answers {
        js(&format!("window.answer = {answer}"));
        stage.page.post("{}");
        while stage.messages.borrow().is_empty() {
            JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.expect("it resolves");
        }
        assert_eq!(stage.messages.take(), [expected]);
    }
    assert_eq!(js("asked").as_string().as_deref(), Some("https://host/v1/signals,POST,true,omit,{}"));
    js("navigator.sendBeacon = () => true");
    assert!(stage.page.hand("{}"));
    js("navigator.sendBeacon = () => { throw new Error() }");
    assert!(!stage.page.hand("{}"));
    js("window.fetch = real[0]; delete navigator.sendBeacon");
}

#[wasm_bindgen_test]
fn listeners_of_the_page_hear_of_intent_at_once_and_later() {
    let stage = Stage::open("");
    js_sys::Reflect::set(
        &js("window"),
        &"q".into(),
        &js_sys::Reflect::get(&stage.config, &"queue".into()).unwrap_or_default(),
    )
    .expect("the window takes it");
    stage.page.intent("Pricing", "Buying");
    js(
        "window.heard = []; q.push(['on', 'intent', () => { throw 1 }]); q.push(['on', 'intent', (it) => heard.push(it.category + it.type)])",
    );
    stage.page.intent("Docs", "Buying");
    assert_eq!(js("heard.join()").as_string().as_deref(), Some("PricingBuying,DocsBuying"));
}
