// The tracker's script: what happens on the page is told to the module that decides, and what that asks for is done.
// Nothing thrown in here reaches the page.
//
// Contract with the loader (`www/k.js`): `load(response of tracker.wasm)`, then `start(config)`, once.
import { numberOf, useFragments } from './address.js';
import { attribute, factsOf, loadForms } from './capture.js';
import { load as loadCore, tell as tellCore } from './core.js';
import { emit } from './emit.js';
import { ask, connect } from './hands.js';
import { share } from './identity.js';
import { listen } from './intent.js';
import { members } from './members.js';
import { counts, envelope, setUp } from './outbox.js';
import { hidden, label, line, scrub } from './privacy.js';
import { settings } from './settings.js';
import { get } from './storage.js';
import { HIDDEN_NAMES } from './write.js';

const WORDS = { granted: 1, denied: 2 };
/** What happened and is not told yet; nothing is told inside another telling. */
let inbox = [];
/** What is told again when consent is given. */
let held = [];
let isBusy;

const tell = (kind, { at = Date.now(), url = location.href, number, first, second, facts } = {}) => {
  const isVisible = document.visibilityState != 'hidden' && !document.prerendering;
  inbox.push([[kind, at, isVisible, number ?? numberOf(url), first, second], facts && { url: scrub(url), ...facts }]);
  if (isBusy) return;
  isBusy = true;
  while (inbox.length) {
    const [event, facts] = inbox.shift();
    settings.facts = facts;
    try {
      if (tellCore(...event)) held.push([event, facts]);
    } catch {
      fail();
    }
  }
  isBusy = false;
};

const fail = () => {
  counts.errors += 1;
};

const guarded = (act) => (argument) => {
  try {
    act(argument);
  } catch {
    fail();
  }
};

/** An action of the visitor, live or kept by the loader: `{type, time, url, path, button}`. */
const happen = guarded((event) => {
  const { type, time: at, url } = event;
  const facts = factsOf(event, () => happen(event));
  if (!facts) return;
  const { number, who, ...rest } = facts;
  const kind = /click/.test(type) ? 'click' : type == 'submit' ? type : 'input';
  tell(kind, { at, url, first: number, facts: rest });
  if (who) tell('call', { at, url, facts: { type: 'identify', props: members(who) } });
});

const calls = {
  page: () => tell('again'),
  reset: () => tell('reset'),
  consent: (word) => tell('consent', { first: WORDS[word] }),
  track: (name, props) => line(name) && tell('call', { facts: { type: 'track', name: label(name), props: members(props) } }),
  identify: (who) => {
    const props = members(who, 'proof');
    props && tell('call', { facts: { type: 'identify', props, proof: line(who.proof) } });
  },
  on: (event, listener) => {
    if (event == 'intent' && typeof listener == 'function') listen(listener);
  },
};

/** A call of `knock`; what is no call of ours is nothing. */
const obey = guarded((call) => Object.hasOwn(calls, call?.[0]) && calls[call[0]](call[1], call[2]));

const configure = (script, host) => {
  const setting = (name) => attribute(script, 'data-' + name);
  setUp(host, setting('site').slice(0, 100));
  envelope.base = setting('base').slice(0, 200) || undefined;
  envelope.automation = navigator.webdriver ? 'webdriver' : undefined;
  settings.mayIdentify = setting('identify') != 'off';
  settings.needsConsent = setting('consent') == 'required';
  settings.referrer = scrub(document.referrer);
  useFragments(setting('hash') == 'on');
  share(setting('cookie') != 'off');
  `${setting('params')} ${get(HIDDEN_NAMES)}`
    .toLowerCase()
    .split(' ')
    .forEach((name) => name && hidden.add(name));
};

/** Prepares the module. */
export const load = async (response) => {
  settings.isRefused = await loadCore(response, ask);
};

/** Tells what the loader has kept, then whatever happens. */
export const start = ({ script, host, queue, events, time, url }) => {
  configure(script, host);
  connect({ tell, happen, replay: () => inbox.unshift(...held.splice(0)) });
  const kept = queue.splice(0);
  counts.errors += queue.errors | 0;
  // The last word on consent comes first: nothing may be stored or sent that it forbids.
  const word = kept.filter((call) => call?.[0] == 'consent').pop()?.[1];
  tell('start', { at: time, url, first: +settings.needsConsent, second: WORDS[word] });
  tell('onward');
  events.forEach(happen);
  kept.forEach((call) => call?.[0] == 'consent' || obey(call));
  queue.push = obey;
  emit('ready');
  document.forms.length && loadForms();
  if (/[?&]knock_debug\b/.test(location.search)) import(new URL('./debug.js', import.meta.url)).catch(fail);
};
