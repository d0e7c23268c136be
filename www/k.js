/*
 * The loader that a site embeds:
 *   <script async crossorigin src="https://HOST/k.js" data-site="SITE_KEY"></script>
 *
 * It makes `window.knock` a queue, keeps what the visitor does meanwhile, downloads the tracker at once and starts it
 * when it is there and the page has been idle, or 20 ms have gone. It never throws into the page and prints nothing.
 *
 * Contract with the tracker, `load(module, config)` of `/t/__V__/tracker.js`, whose promise is kept when it has started:
 *   module  a promise of what `tracker.wasm` compiles to, or of the error that kept it from that; of anything else
 *           where WebAssembly is not to be used
 *   script  the script element: its `data-` attributes are read
 *   host    where the script came from, without the slash at the end: signals go to `host + '/v1/signals'`
 *   queue   the calls made so far, an array of `arguments`; the tracker empties it and sets `queue.obey`, which gets the
 *           next ones, by whatever copy of the `knock` function; `queue.errors` counts failures of ours
 *   events  what was caught so far, oldest first: `{type, time, url, path}`, path as `composedPath()` gives it
 *   url     the address of the page when the script ran, `time` the instant, `depth` the length of the history
 * The loader's listeners are removed in the same task, right after the tracker has set its own.
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
    'click submit input change'.split(' ').forEach(kind => {
      doc[verb + 'EventListener'](kind, remember, { capture: true, passive: true });
    });
  }

  function idle(timeout) {
    return new Promise(resolve => {
      // The page may have put one there that never calls back.
      setTimeout(resolve, timeout);
      win.requestIdleCallback && requestIdleCallback(resolve);
    });
  }

  // What is meant for the chat goes there, the rest to the tracker as soon as it is there, now and from now on.
  function splitQueue() {
    var push = queue.push;
    // Not an assignment: the page may have frozen what its arrays inherit.
    Object.defineProperty(queue, 'push', {
      value: call => {
        if (call[0] === 'open' || call[0] === 'close') {
          bus.push(call);
        } else {
          queue.obey ? queue.obey(call) : push.call(queue, call);
        }
      }
    });
    queue.splice(0).forEach(call => {
      queue.push(call);
    });
  }

  // Files that come beside the tracker, or instead of it.
  function add(file, use) {
    import(file)
      .then(use)
      .catch(() => {});
  }

  // The engine that was found out on an earlier page: asking each time would be reported each time.
  function known() {
    try {
      return localStorage.knock_w;
    } catch (_) {}
  }

  // From here on `knock` swallows what it is told.
  function giveUp() {
    listen('remove');
    events = [];
    queue.obey = () => {};
    queue.length = 0;
  }

  function load(script, host, at) {
    // Asked for before anything else: the rest is done while they come.
    var file = import(at + 'tracker.js');
    var engine = win.WebAssembly ? script.dataset.engine || known() : 'js';
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
    // The storage takes long for its first answer, and now there is time.
    known();
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
    // No pattern and no URL: the first of either takes the page's time, of a URL a tenth of all that is done here.
    var parts = script.src.split('?')[0].split('/');
    var host = parts.slice(0, parts[parts.length - 3] == 't' ? -3 : -1).join('/');
    var at = host + '/t/__V__/';
    if (isRefused || !site) {
      giveUp();
    } else {
      load(script, host, at);
    }
    if (!site) {
      // Whoever looks for it is told why nothing happens.
      location.search.includes('knock_debug') &&
        add(at + 'debug.js', file => {
          file.explain();
        });
    } else if (win.WebAssembly && script.dataset.chat != 'off') {
      idle(2000).then(() => {
        add(at + 'launcher.js', file => {
          file.launch({ host: host, site: site, bus: bus });
        });
      });
    }
  } catch (_) {
    queue && giveUp();
  }
})(window, document, navigator);
