/*
 * The loader that a site embeds:
 *   <script async crossorigin src="https://HOST/k.js" data-site="SITE_KEY"></script>
 *
 * It makes `window.knock` a queue, records events, downloads the tracker at once and starts it when it is there and
 * the page has been idle, or after 20 ms. It never throws into the page and prints nothing.
 *
 * Contract with the tracker, `load(module, config)` of `/t/__V__/tracker.js`, whose promise resolves when it has started:
 *   module  a promise of the compiled `tracker.wasm`, or of the error of its compilation; of any other value where
 *           WebAssembly is not to be used
 *   script  the script element: its `data-` attributes are read
 *   host    the address of the server, without a trailing slash: signals go to `host + '/v1/signals'`
 *   queue   the calls made so far, an array of `arguments`; the tracker empties it and sets `queue.obey`, which gets
 *           later calls, from any copy of the `knock` function; `queue.errors` counts our own errors
 *   events  the recorded events, oldest first: `{type, time, url, path}`, with the path of `composedPath()`
 *   url     the address of the page when the script ran, `time` the instant, `depth` the length of the history
 * The loader removes its listeners in the same task, right after the tracker has added its own.
 *
 * The launcher, `/t/__V__/launcher.js`, is loaded when the page is idle, unless `data-chat="off"`; the calls `open`,
 * `close`, `identify` and `reset` wait for it in `bus`. It is loaded in spite of Global Privacy Control: on a page without
 * signals it reads the look of the site, and sends nothing more until the visitor opens a chat.
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
    'click submit input change'.split(' ').forEach(kind => {
      doc[verb + 'EventListener'](kind, remember, { capture: true, passive: true });
    });
  }

  function idle(timeout) {
    return new Promise(resolve => {
      // A replaced `requestIdleCallback` may never call back.
      setTimeout(resolve, timeout);
      win.requestIdleCallback && requestIdleCallback(resolve);
    });
  }

  // Passes calls for the chat to `bus` and the others to the tracker, once it has started.
  function splitQueue() {
    var push = queue.push;
    // Not an assignment: the page may have frozen `Array.prototype`.
    Object.defineProperty(queue, 'push', {
      value: call => {
        var word = call[0];
        var isOfChat = word === 'open' || word === 'close';
        // The chat says who the visitor is, too.
        if (isOfChat || ((word === 'identify' || word === 'reset') && bus.length < 200)) bus.push(call);
        if (!isOfChat) queue.obey ? queue.obey(call) : push.call(queue, call);
      }
    });
    queue.splice(0).forEach(call => {
      queue.push(call);
    });
  }

  // Loads a file besides the tracker.
  function add(file, use) {
    import(file)
      .then(use)
      .catch(() => {});
  }

  // The engine that worked on an earlier page: trying WebAssembly each time would cause a violation report each time.
  function knownEngine() {
    try {
      return localStorage.knock_w;
    } catch (_) {}
  }

  // From here on `knock` ignores all calls.
  function giveUp() {
    listen('remove');
    events = [];
    queue.obey = () => {};
    queue.length = 0;
  }

  function load(script, host, at) {
    // First of all: the rest runs during the download.
    var file = import(at + 'tracker.js');
    var engine = win.WebAssembly ? script.dataset.engine || knownEngine() : 'js';
    // The page's own `fetch` may throw at once.
    var module = Promise.resolve()
      .then(() => {
        return engine == 'js'
          ? import(at + 'engine.js')
          : fetch(at + 'tracker.wasm', { credentials: 'omit' })
              .then(response => {
                return response.ok && response.arrayBuffer();
              })
              .then(bytes => {
                return WebAssembly.compile(bytes);
              });
      })
      .catch(error => error);
    var config = { script: script, host: host, queue: queue, events: events, url: location.href, time: Date.now(), depth: history.length };
    listen('add');
    // The first access to the storage is slow, and now there is time.
    knownEngine();
    Promise.all([file, idle(20)])
      .then(loaded => {
        return loaded[0].load(module, config);
      })
      .then(() => {
        listen('remove');
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
    splitQueue();
    var script = doc.currentScript || doc.querySelector('script[data-site]');
    var site = script.dataset.site;
    var isRefused =
      !script.hasAttribute('data-ignore-dnt') &&
      (nav.globalPrivacyControl || nav.doNotTrack == 1 || win.doNotTrack == 1);
    // No pattern and no `URL`: their first use is slow; that of `URL` takes a tenth of the loader's time.
    var parts = script.src.split('?')[0].split('/');
    var host = parts.slice(0, parts[parts.length - 3] == 't' ? -3 : -1).join('/');
    var at = host + '/t/__V__/';
    if (isRefused || !site) {
      giveUp();
    } else {
      load(script, host, at);
    }
    if (!site) {
      // Explains the missing key to developers.
      location.search.includes('knock_debug') &&
        add(at + 'debug.js', file => {
          file.explain();
        });
    } else if (win.WebAssembly && script.dataset.chat != 'off') {
      idle(2000).then(() => {
        add(at + 'launcher.js', file => {
          file.launch({ host: host, site: site, bus: bus, chat: script.dataset.chat });
        });
      });
    }
  } catch (_) {
    queue && giveUp();
  }
})(window, document, navigator);
