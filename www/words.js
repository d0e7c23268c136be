/*
 * The language and the texts of the launcher. Its language is that of the snippet's `data-lang`, else of the page
 * (`<html lang>`), else of the browser; the look of the site says which of its languages that is.
 */
import de from './texts/de.txt';
import en from './texts/en.txt';
import es from './texts/es.txt';
import fr from './texts/fr.txt';

const TEXTS = { de, en, es, fr };

/** The code of the visitor's language. */
export const languageFor = (site) => {
  const scripts = [...document.querySelectorAll('script[data-lang]')];
  const named = scripts.find(({ dataset }) => dataset.site == site)?.dataset.lang;
  const tag = named || document.documentElement.lang || navigator.language || '';
  // Pages have other things there, too.
  return /^[a-z]{2,3}(?![a-z])/i.exec(tag)?.[0].toLowerCase() ?? 'en';
};

/** The code of a language that has texts: this one, or English. */
export const spoken = (code) => (Object.keys(TEXTS).includes(code) ? code : 'en');

/** The texts of a language by their keys, with those that the team has put in their place. */
export const textsIn = (lang, replaced) =>
  Object.fromEntries([
    ...TEXTS[lang].split('\n').map((line) => line.split(/: (.*)/)),
    ...Object.entries(replaced).map(([key, text]) => [key.replace('launcher.', ''), text]),
  ]);
