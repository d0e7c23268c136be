// The texts of the cards beside the chat.
import de from '../../crates/browser/widget/texts/extras/de.txt';
import en from '../../crates/browser/widget/texts/extras/en.txt';
import es from '../../crates/browser/widget/texts/extras/es.txt';
import fr from '../../crates/browser/widget/texts/extras/fr.txt';

const TEXTS = { de, en, es, fr };

/** The function that says a text of a language by its key, with values for its places; `words` has a site's own texts. */
export const textsIn = (lang, words) => {
  const texts = Object.fromEntries((TEXTS[lang] ?? en).split('\n').map((line) => line.split(/: (.*)/)));
  return (key, places) =>
    (words?.['extras.' + key] || texts[key] || '').replace(/\{(\w+)\}/g, (all, name) => places?.[name] ?? all);
};
