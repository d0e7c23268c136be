/*
 * The loader that a site embeds:
 *   <script async src="https://HOST/k.js" data-site="SITE_KEY"></script>
 *
 * It makes `window.knock` a queue, keeps what the visitor does meanwhile, downloads the tracker at once
 * and starts it when the page is idle. It never throws into the page and prints nothing.
 *
 * Contract with the tracker, `start(config)` of `/t/__V__/tracker.js`:
 *   script  the script element: `data-site`, `data-base`, `data-consent`, `data-identify` are read from it
 *   host    where the script came from, without the slash at the end: signals go to `host + '/v1/signals'`
 *   queue   the calls made so far, an array of `arguments`; the tracker empties it and puts its own `push` in
 *           place, so every copy of the `knock` function reaches it; `queue.errors` counts failures of ours
 *   events  what was caught so far, oldest first: `{type, time, url, path}`, path as `composedPath()` gives it
 *   url     the address of the page when the script ran, `time` the instant
 * The loader's listeners are removed in the same task, right after `start` has set its own.
 */
(function (win, doc, nav) {
  var kinds = ['click', 'submit', 'input', 'change'];
  var events = [];
  var knock = win.knock;
  var queue;

  function remember(event) {
    try {
      var last = events[events.length - 1];
      var path = event.composedPath();
      // Typing is one event, however many letters.
      if (events.length < 100 && !(event.type == 'input' && last && last.type == 'input' && last.path[0] == path[0])) {
        events.push({ type: event.type, time: Date.now(), url: location.href, path: path });
      }
    } catch (_) {
      queue.errors = (queue.errors | 0) + 1;
    }
  }

  function listen(verb) {
    kinds.forEach(function (kind) {
      doc[verb + 'EventListener'](kind, remember, { capture: true, passive: true });
    });
  }

  // From here on `knock` swallows what it is told.
  function giveUp() {
    listen('remove');
    events = [];
    queue.length = 0;
    queue.push = function () {};
  }

  function load(script, host) {
    var at = host + '/t/__V__/tracker.';
    var config = { script: script, host: host, queue: queue, events: events, url: location.href, time: Date.now() };
    listen('add');
    Promise.all([import(at + 'js'), fetch(at + 'wasm', { credentials: 'omit' })])
      .then(function (loaded) {
        if (!loaded[1].ok) throw 0;
        return new Promise(function (resolve) {
          win.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 300 }) : setTimeout(resolve, 1);
        })
          .then(function () {
            return loaded[0].default({ module_or_path: loaded[1] });
          })
          .then(function () {
            loaded[0].start(config);
            listen('remove');
          });
      })
      .catch(giveUp);
  }

  try {
    // An element with the id `knock` is no function either.
    if (typeof knock != 'function') {
      knock = win.knock = function () {
        if (queue.length < 200) queue.push(arguments);
      };
    }
    if (knock.loaded) return;
    knock.loaded = 1;
    queue = knock.q = knock.q || [];
    var script = doc.currentScript || doc.querySelector('script[data-site]');
    var isRefused =
      !script.hasAttribute('data-ignore-dnt') &&
      (nav.globalPrivacyControl || nav.doNotTrack == 1 || win.doNotTrack == 1);
    if (isRefused || !script.dataset.site || !win.WebAssembly) {
      giveUp();
    } else {
      load(script, script.src.replace(/\/[^/]*([?#].*)?$/, ''));
    }
  } catch (_) {
    queue && giveUp();
  }
})(window, document, navigator);
