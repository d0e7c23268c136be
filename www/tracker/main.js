// The tracker's script: what happens on the page is told to the module that decides, and what that asks for is done.
// Nothing thrown in here reaches the page.
//
// Contract with the loader (`www/k.js`, which says what they are): `load(module, config)`, once.

// In this order the bundle is smallest, by two dozen bytes.
import { AGAIN, CALL, CLICK, CONSENT, INPUT, ONWARD, RESET, SEND, START, SUBMIT, HURRY } from './kinds.js';
import { emit } from './emit.js';
import { members } from './members.js';
import { line, tell as tellValues, trimmed } from './privacy.js';
import { listen } from './intent.js';
import { numberOf, use } from './address.js';
import { chunk } from './chunk.js';
import { keepSession, known, share, visitorKept } from './identity.js';
import { load as loadCore, tell as tellCore } from './core.js';
import { settings } from './settings.js';
import { envelope, fail, guarded, later } from './guard.js';
import { keep, setUp } from './outbox.js';
import { ask, connect } from './hands.js';
import { attribute, factsOf, loadForms } from './capture.js';

const WORDS = { granted: 1, denied: 2 };
/** What happened and is not told yet; nothing is told inside another telling. */
let inbox = [];
/** What is told again when consent is given. */
let held = [];
let isBusy;
/** How long a click that leads nowhere waits for others: together they cost the page half. Then it is sent at once. */
const TOGETHER = 2_500;
/** More than so many do not wait. */
const MANY = 50;
let patience;

/** Tells of an event (`event.rs` says what its numbers are), with the facts of what may become a signal. */
const tell = guarded((kind, first, second, facts, at = Date.now(), url = location.href, number = numberOf(url)) => {
  const isVisible = !document.hidden;
  inbox.push([[kind, at, isVisible, number, first, second], { url, ...facts }]);
  if (isBusy) return;
  if (kind == CLICK && !inbox[MANY]) patience ||= later(() => tell(HURRY), TOGETHER);
  else tellAll();
});

const take = guarded((event, facts) => {
  if (tellCore(event)) held.push([event, facts]);
});

const tellAll = () => {
  patience = clearTimeout(patience);
  isBusy = 1;
  while (inbox.length) {
    const [event, facts] = inbox.shift();
    settings.facts = facts;
    take(event, facts);
  }
  isBusy = 0;
  keepSession();
  keep();
};

/** An action of the visitor, live or kept by the loader: `{type, time, url, path, button}`. */
const happen = guarded((event) => {
  const { type, time: at, url } = event;
  const facts = factsOf(event, () => happen(event));
  if (!facts) return;
  const { number, who, ...rest } = facts;
  const kind = type.endsWith('click') ? CLICK : type == 'submit' ? SUBMIT : INPUT;
  tell(kind, number, 0, rest, at, url);
  // What may leave the page does not wait, nor does what is marked as a call to action.
  if (kind == SUBMIT || facts.href || facts.name) tell(HURRY);
  if (who) tell(CALL, 0, 0, { type: 'identify', props: members(who) }, at, url);
});

const calls = {
  __proto__: null,
  page: () => tell(AGAIN),
  reset: () => tell(RESET),
  consent: (word) => tell(CONSENT, WORDS[word]),
  track: (name, props) => {
    if (line(name)) tell(CALL, 0, 0, { type: 'track', name, props: members(props) });
    // What is too long to be read is no name.
    else envelope.lost += !!trimmed(name);
  },
  identify: (who) => {
    const props = members(who, 'proof');
    props && tell(CALL, 0, 0, { type: 'identify', props, proof: line(who.proof) });
  },
  on: (event, listener) => {
    if (event == 'intent' && typeof listener == 'function') listen(listener);
  },
};

/** A call of `knock`; what is no call of ours is nothing. */
const obey = guarded((call) => calls[call?.[0]]?.(call[1], call[2]));

const configure = ({ script, host }) => {
  const setting = (name) => attribute(script, 'data-' + name);
  setUp(host, setting('site'));
  envelope.base = setting('base');
  envelope.automation = navigator.webdriver ? 'webdriver' : undefined;
  if (script.hasAttribute('data-ignore-dnt')) envelope.ignore_dnt = true;
  settings.mayIdentify = setting('identify') != 'off';
  settings.needsConsent = setting('consent') == 'required';
  settings.referrer = document.referrer;
  use(setting('hash') == 'on', setting('query') == 'view');
  tellValues(setting('query-keep'));
  share(setting('cookie') != 'off');
};

/** The last word on consent among calls. */
const wordIn = (calls) => WORDS[calls.filter((call) => call?.[0] === 'consent').pop()?.[1]];

/** Tells what the loader has kept, then whatever happens. */
const start = (config) => {
  const { script, queue, events, time, url, depth } = config;
  connect({ tell, happen, replay: () => inbox.unshift(...held.splice(0)) });
  const kept = queue.splice(0);
  envelope.errors += queue.errors | 0;
  const word = wordIn(kept);
  // A page that was replaced before anything could be counted was only on the way; its own address may have a campaign.
  const first = history.length > depth || numberOf(url) == numberOf(location.href) ? url : location.href;
  // The word on consent comes first: nothing may be stored or sent that it forbids.
  tell(START, +settings.needsConsent, word, undefined, time, first);
  tell(ONWARD);
  events.forEach(happen);
  kept.forEach((call) => call?.[0] === 'consent' || obey(call));
  // Not in a task of its own: the page may put much before that.
  held[0] || tell(SEND);
  queue.obey = obey;
  emit('ready');
  // After the first signal has left.
  document.forms[0] && later(loadForms);
  if (attribute(script, 'data-sites')) chunk('./handoff.js').then((file) => file.decorate(config, visitorKept)).catch(fail);
};

/** Prepares the module, and what only few pages need before the first signal; then it starts. */
export const load = async (compiled, config) => {
  // While the module comes.
  configure(config);
  settings.isRefused = await loadCore(await compiled, ask);
  const isIn = (name) => location.search.includes(name);
  if (isIn('knock_debug')) (await chunk('./debug.js')).watch();
  const mayAsk = (wordIn(config.queue) ?? !settings.needsConsent) == 1;
  if (mayAsk && isIn('knock_h=')) known(await (await chunk('./handoff.js')).redeem(config));
  start(config);
};
