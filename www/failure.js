/*
 * Why the chat cannot be opened, and what a visitor can do. Loaded by the launcher when that is so.
 *
 *   await explain({ error, place, host, site, lang, texts, styles });
 *
 *   error   `isRefused` where the page permits neither WebAssembly nor the frame: a later attempt fails, too
 *   place   the element for the sentence
 *
 * Fails where the server cannot be reached.
 */
import style from './css/widget/failure.css';
import { make } from './elements.js';
import de from './texts/failure/de.txt';
import en from './texts/failure/en.txt';
import es from './texts/failure/es.txt';
import fr from './texts/failure/fr.txt';

const TEXTS = { de, en, es, fr };

/** The folder of this version's files; the loader of the server names its own. */
const VERSION = /\/t\/[^/]+\/$/.exec(new URL('.', import.meta.url).pathname)?.[0];

let isStyled;

/** A text by its key: that of the team, which `texts` of the launcher has too, or the standard one. */
const say = ({ lang, texts }, key) =>
  texts['failure.' + key] ?? TEXTS[lang].split('\n').find((line) => line.startsWith(key + ': ')).slice(key.length + 2);

/** The chat of the site on a page of its own: in a new tab at once, if this is a click. */
const elsewhere = (parts) => {
  const { place, host, site, lang } = parts;
  const href = `${host}/l/Website?${new URLSearchParams({ site, lang })}`;
  const link = make('a', { href, target: '_blank', rel: 'noopener' }, say(parts, 'elsewhere'));
  link.addEventListener('click', () => place.replaceChildren());
  place.replaceChildren(say(parts, 'refused') + ' ', link);
  if (navigator.userActivation?.isActive) open(href, '_blank', 'noopener');
};

/** The files of this version are gone. */
const outdated = (parts) => {
  const button = make('button', { type: 'button' }, say(parts, 'reload'));
  button.addEventListener('click', () => location.reload());
  parts.place.replaceChildren(say(parts, 'outdated') + ' ', button);
};

export const explain = async (parts) => {
  // Renews it in the browser's cache, too, for the page when it is loaded anew.
  const loader = await (await fetch(parts.host + '/k.js', { cache: 'reload', credentials: 'omit' })).text();
  isStyled ??= parts.styles.adopt(style);
  if (parts.error.isRefused) return elsewhere(parts);
  if (loader.includes('/t/') && !loader.includes(VERSION)) return outdated(parts);
  parts.place.textContent = parts.texts.failed;
};
