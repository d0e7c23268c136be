// Entry point of the tracker: passes events of the page to the WebAssembly module and runs its host calls. No exception
// reaches the page.
//
// Contract with the loader (`www/k.js`, which says what they are): `load(module, config)`, once.

// In this order the bundle is smallest, by two dozen bytes.
import { PAGE, CALL, CLICK, CONSENT, INPUT, NAVIGATED, RESET, SEND, START, SUBMIT, FLUSH } from './kinds.js';
import { emit } from './emit.js';
import { jsonProps } from './json_props.js';
import { keepParameters, line, trimmed } from './privacy.js';
import { onIntent } from './intent.js';
import { configureAddresses, numberOf } from './address.js';
import { importChunk } from './lazy.js';
import { adoptVisitor, saveSession, shareSubdomains, storedVisitor } from './identity.js';
import { handleEvent, load as loadCore } from './core.js';
import { settings } from './settings.js';
import { countError, envelope, guarded, schedule } from './guard.js';
import { saveCopy, setUp } from './outbox.js';
import { connect, hostCall } from './host_calls.js';
import { attribute, factsOf, loadForms } from './capture.js';

const WORDS = { granted: 1, denied: 2 };
/** Events that wait for the module; its calls are never nested. */
let inbox = [];
/** Events to replay once consent is given. */
let held = [];
let isBusy;
/** Milliseconds that a click without a link waits for others: together they cost half the time. */
const CLICK_DELAY = 2_500;
/** Clicks that may wait. */
const CLICKS_MAX = 50;
let flushTimer;

/** Queues an event for the module (its numbers: `event.rs`), with the facts of a possible signal. */
const dispatch = guarded((kind, first, second, facts, at = Date.now(), url = location.href, number = numberOf(url)) => {
  const isVisible = !document.hidden;
  inbox.push([[kind, at, isVisible, number, first, second], { url, ...facts }]);
  if (isBusy) return;
  if (kind == CLICK && !inbox[CLICKS_MAX]) flushTimer ||= schedule(() => dispatch(FLUSH), CLICK_DELAY);
  else drainInbox();
});

const handle = guarded((event, facts) => {
  if (handleEvent(event)) held.push([event, facts]);
});

const drainInbox = () => {
  flushTimer = clearTimeout(flushTimer);
  isBusy = 1;
  while (inbox.length) {
    const [event, facts] = inbox.shift();
    settings.facts = facts;
    handle(event, facts);
  }
  isBusy = 0;
  saveSession();
  saveCopy();
};

/** Handles an action of the visitor, live or recorded by the loader: `{type, time, url, path, button}`. */
const onAction = guarded((event) => {
  const { type, time: at, url } = event;
  const facts = factsOf(event, () => onAction(event));
  if (!facts) return;
  const { number, who, ...rest } = facts;
  const kind = type.endsWith('click') ? CLICK : type == 'submit' ? SUBMIT : INPUT;
  dispatch(kind, number, 0, rest, at, url);
  // Sent without delay: actions that may leave the page, and marked calls to action.
  if (kind == SUBMIT || facts.href || facts.name) dispatch(FLUSH);
  if (who) dispatch(CALL, 0, 0, { type: 'identify', props: jsonProps(who) }, at, url);
});

const calls = {
  __proto__: null,
  page: () => dispatch(PAGE),
  reset: () => dispatch(RESET),
  consent: (word) => dispatch(CONSENT, WORDS[word]),
  track: (name, props) => {
    if (line(name)) dispatch(CALL, 0, 0, { type: 'track', name, props: jsonProps(props) });
    // Lost: a name that is too long to be read.
    else envelope.lost += !!trimmed(name);
  },
  identify: (who) => {
    const props = jsonProps(who, 'proof');
    props && dispatch(CALL, 0, 0, { type: 'identify', props, proof: line(who.proof) });
  },
  on: (event, listener) => {
    if (event == 'intent' && typeof listener == 'function') onIntent(listener);
  },
};

/** Runs a call of `knock`; unknown calls are ignored. */
const runCall = guarded((call) => calls[call?.[0]]?.(call[1], call[2]));

const configure = ({ script, host }) => {
  const setting = (name) => attribute(script, 'data-' + name);
  setUp(host, setting('site'));
  envelope.base = setting('base');
  envelope.automation = navigator.webdriver ? 'webdriver' : undefined;
  if (script.hasAttribute('data-ignore-dnt')) envelope.ignore_dnt = true;
  settings.mayIdentify = setting('identify') != 'off';
  settings.needsConsent = setting('consent') == 'required';
  settings.referrer = document.referrer;
  configureAddresses(setting('hash') == 'on', setting('query') == 'view');
  keepParameters(setting('query-keep'));
  shareSubdomains(setting('cookie') != 'off');
};

/** The last consent call, as a number. */
const consentIn = (calls) => WORDS[calls.filter((call) => call?.[0] === 'consent').pop()?.[1]];

/** Handles what the loader has recorded, then live events. */
const start = (config) => {
  const { script, queue, events, time, url, depth } = config;
  connect({ dispatch, onAction, replay: () => inbox.unshift(...held.splice(0)) });
  const queued = queue.splice(0);
  envelope.errors += queue.errors | 0;
  const word = consentIn(queued);
  // A page whose address was replaced before it could be counted was a redirect. The first address may have a campaign.
  const first = history.length > depth || numberOf(url) == numberOf(location.href) ? url : location.href;
  // Consent comes first, before anything is stored or sent.
  dispatch(START, +settings.needsConsent, word, undefined, time, first);
  dispatch(NAVIGATED);
  events.forEach(onAction);
  queued.forEach((call) => call?.[0] === 'consent' || runCall(call));
  // In this task: the page may have queued many others.
  held[0] || dispatch(SEND);
  queue.obey = runCall;
  emit('ready');
  // After the first signal was sent.
  document.forms[0] && schedule(loadForms);
  if (attribute(script, 'data-sites')) {
    importChunk('./handoff.js')
      .then((file) => file.decorate(config, storedVisitor))
      .catch(countError);
  }
};

/** Loads the module, and the chunks that are needed before the first signal; then starts. */
export const load = async (compiled, config) => {
  // While the module is downloaded.
  configure(config);
  settings.isRefused = await loadCore(await compiled, hostCall);
  const hasParameter = (name) => location.search.includes(name);
  if (hasParameter('knock_debug')) (await importChunk('./debug.js')).watch();
  const mayAsk = (consentIn(config.queue) ?? !settings.needsConsent) == 1;
  if (mayAsk && hasParameter('knock_h=')) adoptVisitor(await (await importChunk('./handoff.js')).redeem(config));
  start(config);
};
