//! The whole tracker in a real browser, with the server replaced: what goes over the wire, and what does not.

use knock_dom::Page;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A page as the loader leaves it, and a server that takes everything.
const STAGE: &str = "(() => {
    localStorage.clear();
    document.getElementById('fixture')?.remove();
    const fixture = document.createElement('div');
    fixture.id = 'fixture';
    fixture.innerHTML = CONTENT;
    document.body.append(fixture);
    for (const kind of ['click', 'submit']) fixture.addEventListener(kind, (event) => event.preventDefault());
    const script = document.createElement('script');
    script.setAttribute('data-site', 'site');
    window.realFetch ??= fetch;
    window.sent = [];
    window.fetch = async (url, options) => {
        sent.push(...JSON.parse(options.body).signals);
        window.arrived?.();
        return new Response('{}', { status: 202 });
    };
    window.until = (count) => new Promise((done) => { (window.arrived = () => sent.length >= count && done())() });
    window.told = () => sent.map((s) => [s.type, s.name, s.text, s.form, s.fields, s.props && JSON.stringify(s.props)].filter(Boolean).join(' ')).join('; ');
    window.q = [];
    return { script, host: location.origin, queue: q, events: [], url: location.href, time: Date.now() };
})()";

/// Runs `code` on a page with this content and returns what has arrived when there are `count` signals.
async fn visit(html: &str, code: &str, count: u32) -> String {
    let config = js(&STAGE.replace("CONTENT", &format!("`{html}`")));
    start(&config);
    js(code);
    JsFuture::from(js_sys::Promise::from(js(&format!("until({count})")))).await.expect("the signals arrive");
    let told = js("told()").as_string().unwrap_or_default();
    js("q.push(['consent', 'denied']); window.fetch = realFetch; document.getElementById('fixture').remove()");
    told
}

/// What `www/tracker.js` does.
fn start(config: &JsValue) {
    Page::open(config, "/v1/signals", |_| Box::new(|message: String| super::tell(&message))).begin();
}

fn js(code: &str) -> JsValue {
    js_sys::eval(code).expect("the test's own script runs")
}

#[wasm_bindgen_test]
async fn clicks_and_calls_to_action_arrive_with_their_labels() {
    let html = "<a id=a href='#x'><b>See <i>more</i></b></a><button id=b>Book a demo</button><button data-knock-ignore id=c>x</button>
        <button data-knock-mask id=d>Ann</button>";
    let told = visit(html, "a.querySelector('i').click(); b.click(); c.click(); d.click()", 4).await;
    assert_eq!(told, "page_view; click See more; cta Book a demo; click ***");
}

#[wasm_bindgen_test]
async fn a_submitted_form_arrives_with_its_names_and_who_sent_it() {
    let html = "<form id=f name=contact><input type=email name=mail value='Ann@X.de'><input id=n name=name value=Ann>
        <input type=password name=pw value=secret></form>";
    let code = "n.dispatchEvent(new Event('input', {bubbles: true})); f.requestSubmit()";
    let told = visit(html, code, 4).await;
    let identify = r#"identify {"email":"Ann@X.de","name":"Ann"}"#;
    assert_eq!(told, format!("page_view; form_start contact; form_submit contact mail,name,pw; {identify}"));
}

#[wasm_bindgen_test]
async fn a_router_that_pushes_and_replaces_counts_one_view() {
    let code = "history.pushState({}, '', '?a'); history.replaceState({}, '', '?a'); document.title = 'Later'";
    visit("", code, 2).await;
    assert_eq!(js("sent.map((s) => s.type).join()").as_string().as_deref(), Some("page_view,page_view"));
    assert_eq!(js("sent[1].title").as_string().as_deref(), Some("Later"));
    js("history.replaceState({}, '', location.pathname)");
}

#[wasm_bindgen_test]
async fn what_the_loader_kept_comes_first_and_in_order() {
    let html = "<button id=a>Early</button>";
    let code = "q.push(['track', 'later', {n: 1n}])";
    let config = js(&STAGE.replace("CONTENT", &format!("`{html}`")));
    js_sys::Reflect::set(&js("window"), &"config".into(), &config).expect("the window takes it");
    js("config.events.push({type: 'click', time: config.time, url: location.href, path: [a, fixture, document]});
        q.push(['track', 'queued'])");
    start(&config);
    js(code);
    JsFuture::from(js_sys::Promise::from(js("until(4)"))).await.expect("the signals arrive");
    assert_eq!(
        js("told()").as_string().as_deref(),
        Some("page_view; click Early; track queued; track later {\"n\":\"1\"}")
    );
    js("q.push(['consent', 'denied']); window.fetch = realFetch; fixture.remove()");
}

#[wasm_bindgen_test]
async fn a_blocked_storage_changes_nothing_for_the_page() {
    js("window.descriptor = Object.getOwnPropertyDescriptor(window, 'localStorage');");
    let block = "Object.defineProperty(window, 'localStorage', {configurable: true, get() { throw new DOMException('no', 'SecurityError') }});";
    let config = js(&format!(
        "(() => {{ const config = {}; {block} return config }})()",
        STAGE.replace("CONTENT", "'<button id=a>x</button>'")
    ));
    start(&config);
    js("a.click()");
    JsFuture::from(js_sys::Promise::from(js("until(2)"))).await.expect("the signals arrive");
    assert_eq!(js("told()").as_string().as_deref(), Some("page_view; click x"));
    assert_eq!(js("q.errors"), JsValue::UNDEFINED);
    js("q.push(['consent', 'denied']); Object.defineProperty(window, 'localStorage', descriptor);
        window.fetch = realFetch; fixture.remove()");
}

#[wasm_bindgen_test]
async fn denial_leaves_the_page_and_its_storage_as_they_were() {
    js("window.before = history.pushState");
    visit("", "", 1).await;
    assert_eq!(
        js("before == history.pushState && Object.keys(localStorage).filter((key) => key.startsWith('knock')).length"),
        0
    );
}
