// Signals as the server reads them (`POST /v1/signals`), and what they teach.
import { addressOf } from './address.js';
import { abandoned, endForms } from './capture.js';
import { learn } from './core.js';
import { emit } from './emit.js';
import * as identity from './identity.js';
import { intent } from './intent.js';
import { add, envelope, ownerNumber } from './outbox.js';
import { label, scrub } from './privacy.js';
import { settings } from './settings.js';
import { get, set } from './storage.js';

const { EVIDENCE } = identity;
/** Names of what was typed into forms whose values stand in the next page's address. */
export const HIDDEN_NAMES = 'knock_g';
/** The place of the signal that is written next: `{at, owner, number}`. */
let place;
/** Id and address of the page view that is being looked at. */
let shown = {};

export const claim = (at, isNew) => {
  place = { at, ...identity.claim(at, isNew) };
  return ownerNumber(place.owner);
};

/** Writes a signal down; facts without a text are left out. */
const write = (handle, { type, url, referrer, text, href, name, form, fields, props, proof, title }) => {
  const { at, owner, number } = place;
  const about = [url, envelope.base, href, referrer, name, text, form].map((fact) => fact || '');
  const evidence = get(EVIDENCE);
  const [kind, category, guess, learnt] = learn([type, at, evidence, ...about]);
  if (learnt != evidence) set(EVIDENCE, learnt);
  const id = identity.newId(at, number);
  if (type == 'page_view') shown = { id, url };
  const texts = { url, title, referrer, text, href, name, form, proof, view: shown.id, category };
  for (const name in texts) texts[name] ||= undefined;
  const signal = { id, at, type: kind || type, seq: number, ...texts, fields: fields?.length ? fields : undefined };
  const json = JSON.stringify(signal);
  emit('signal', signal);
  intent(category, guess);
  return add(handle, { at, owner, id, json: props ? `${json.slice(0, -1)},"props":${props}}` : json });
};

export const action = (handle) => {
  const { facts } = settings;
  if (facts.hidden) set(HIDDEN_NAMES, facts.hidden);
  return write(handle, facts);
};

export const view = (handle, number, title) => {
  endForms();
  const { referrer } = settings;
  settings.referrer = '';
  return write(handle, { type: 'page_view', url: scrub(addressOf(number)), referrer, title: label(title, 200) });
};

export const engagement = (handle, ms) => write(handle, { type: 'engagement', url: shown.url, props: `{"ms":${ms}}` });

export const abandon = (handle, number) => write(handle, { url: shown.url, ...abandoned(number) });

export const forgetView = () => {
  shown = {};
};
