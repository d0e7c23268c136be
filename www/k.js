/*
 * The loader that a site embeds:
 *   <script async crossorigin src="https://HOST/k.js" data-site="SITE_KEY"></script>
 *
 * It makes `window.knock` a queue, keeps what the visitor does meanwhile, downloads the tracker at once
 * and starts it when the page is idle, or 20 ms later. It never throws into the page and prints nothing.
 *
 * Contract with the tracker, `load(response of tracker.wasm if there is one, config)` and then `start(config)` of
 * `/t/__V__/tracker.js`:
 *   script  the script element: its `data-` attributes are read
 *   host    where the script came from, without the slash at the end: signals go to `host + '/v1/signals'`
 *   queue   the calls made so far, an array of `arguments`; the tracker empties it and puts its own `push` in
 *           place, so every copy of the `knock` function reaches it; `queue.errors` counts failures of ours
 *   events  what was caught so far, oldest first: `{type, time, url, path}`, path as `composedPath()` gives it
 *   url     the address of the page when the script ran, `time` the instant, `depth` the length of the history
 * The loader's listeners are removed in the same task, right after `start` has set its own.
 *
 * The button of the chat is a file of its own, `/t/__V__/launcher.js`, asked for when the page is idle unless
 * `data-chat="off"`; calls of `open` and `close` are its, and wait in `bus` until it is there. It comes in spite
 * of Global Privacy Control: it stores and sends nothing until the visitor opens a chat.
 */
((win, doc, nav) => {
  var events = [];
  var bus = [];
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
    ['click', 'submit', 'input', 'change'].forEach(kind => {
      doc[verb + 'EventListener'](kind, remember, { capture: true, passive: true });
    });
  }

  function whenIdle(run, timeout) {
    win.requestIdleCallback ? requestIdleCallback(run, { timeout: timeout }) : setTimeout(run, 1);
  }

  // Not an assignment: the page may have frozen what its arrays inherit.
  function take(push) {
    Object.defineProperty(queue, 'push', { value: push, configurable: true });
  }

  // What is meant for the chat goes there, now and from now on.
  function splitQueue() {
    var push = queue.push;
    take(call => {
      call[0] === 'open' || call[0] === 'close' ? bus.push(call) : push.call(queue, call);
    });
    queue.splice(0).forEach(call => {
      queue.push(call);
    });
  }

  function showLauncher(script, host) {
    whenIdle(() => {
      import(host + '/t/__V__/launcher.js')
        .then(file => {
          file.launch({ host: host, site: script.dataset.site, bus: bus });
        })
        .catch(() => {});
    }, 2000);
  }

  // What the tag says, else what was found out on an earlier page: asking each time would be reported each time.
  function engine(script) {
    try {
      return script.dataset.engine || (win.WebAssembly ? localStorage.knock_w : 'js');
    } catch (_) {}
  }

  // From here on `knock` swallows what it is told.
  function giveUp() {
    listen('remove');
    events = [];
    take(() => {});
    splitQueue();
    queue.length = 0;
  }

  function load(script, host) {
    var at = host + '/t/__V__/tracker.';
    var isPlain = engine(script) == 'js';
    var config = { script: script, host: host, queue: queue, events: events, url: location.href, time: Date.now(), depth: history.length };
    listen('add');
    splitQueue();
    Promise.all([import(at + 'js'), isPlain ? import(host + '/t/__V__/engine.js') : fetch(at + 'wasm', { credentials: 'omit' }).catch(() => {})])
      .then(loaded => {
        return loaded[0]
          .load(loaded[1], config)
          .then(() => {
            return new Promise(resolve => {
              whenIdle(resolve, 20);
            });
          })
          .then(() => {
            loaded[0].start(config);
            listen('remove');
            splitQueue();
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
    // No pattern and no URL: the first of either takes the page's time, of a URL a tenth of all that is done here.
    var parts = script.src.split('?')[0].split('/');
    var host = parts.slice(0, parts[parts.length - 3] == 't' ? -3 : -1).join('/');
    if (isRefused || !script.dataset.site) {
      giveUp();
    } else {
      load(script, host);
    }
    if (script.dataset.site && win.WebAssembly && script.dataset.chat != 'off') showLauncher(script, host);
  } catch (_) {
    queue && giveUp();
  }
})(window, document, navigator);
