// Signals as the server reads them (`POST /v1/signals`), and what they teach.
import { addressOf } from './address.js';
import { endForms } from './capture.js';
import { learn } from './core.js';
import { emit } from './emit.js';
import { envelope } from './guard.js';
import { claim as claimPlace, newId, session } from './identity.js';
import { intent } from './intent.js';
import { add, ownerNumber } from './outbox.js';
import { label, scrub } from './privacy.js';
import { settings } from './settings.js';

/** When the signal that is written next happened, and whose it is. */
let at;
let owner;
/** Id and address of the page view that is being looked at. */
let shown = {};

export const claim = (isNew, instant) => {
  at = instant;
  owner = claimPlace(at, isNew);
  return ownerNumber(owner);
};

/** Writes a signal down, on the page that is looked at unless the facts say another; its size in bytes. */
export const write = (handle, { type, props, fields, ...texts }) => {
  const [, , number, evidence] = session;
  texts.url &&= scrub(texts.url);
  texts.href &&= scrub(texts.href);
  texts.name &&= label(texts.name);
  texts.text &&= label(texts.text);
  const { url = shown.url, href, referrer, name, text, form } = texts;
  const lines = [type, at, evidence, url, envelope.base, href, referrer, name, text, form];
  const [kind, category, guess, learnt] = learn(lines);
  session[3] = learnt;
  const id = newId(at, number);
  if (type == 'page_view') shown = { id, url };
  const signal = { id, at, type: kind || type, seq: number, category, view: shown.id, url };
  // Own names only: a page may have given every object more.
  Object.keys(texts).forEach((name) => texts[name] && (signal[name] = texts[name]));
  if (fields?.length) signal.fields = fields;
  const json = JSON.stringify(signal);
  emit('signal', signal);
  intent(category, guess);
  return add(handle, { at, owner, id, json: props ? `${json.slice(0, -1)},"props":${props}}` : json });
};

export const view = (handle, number, title) => {
  endForms();
  const { referrer } = settings;
  settings.referrer = '';
  return write(handle, { type: 'page_view', url: addressOf(number), referrer: scrub(referrer), title: label(title, 200) });
};

export const forgetView = () => {
  shown = {};
};
