// Tells pasted text from pasted files. Spreadsheets and word processors put a picture of the text beside it; file managers
// put names, paths or addresses beside files; browsers put an image's tag beside a copied image.

/** What is no word in HTML. */
const MARKUP = /<!--[^]*?-->|<(style|script|title|xml)\b[^]*?<\/\1\s*>|<[^>]*>|&nbsp;|\s/gi;

const hasWords = (html) => html.replace(MARKUP, '') != '';

/** The last part of a path or an address. */
const nameOf = (line) => {
  const name = line.trim().split(/[\\/]/).pop();
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/** Whether each line of a text names one of the files. */
const isListOf = (files, text) => {
  const names = files.map(({ name }) => name);
  return text.split(/[\r\n]+/).every((line) => names.includes(nameOf(line)) || /^file:/i.test(line));
};

/** The words of HTML: cells are separated by tabs, rows and blocks by lines. */
const wordsOf = (html) => {
  const marked = html
    .replace(/\s+/g, ' ')
    .replace(/<\/t[dh]>(?=\s*<t[dh])/gi, '\t$&')
    .replace(/<br\b|<\/(tr|p|div|li|h\d)>/gi, '\n$&');
  const { body } = new DOMParser().parseFromString(marked, 'text/html');
  body.querySelectorAll('style, script').forEach((element) => element.remove());
  return body.textContent.replace(/ *([\t\n]) */g, '$1').trim();
};

const insertWords = (event, html) => {
  try {
    const words = wordsOf(html);
    event.preventDefault();
    // Keeps the field's undo, and makes an `input` event.
    document.execCommand('insertText', false, words);
    return true;
  } catch {
    // The page's policy forbids to parse: the picture is what can be had.
    return false;
  }
};

export const takesText = (event) => {
  const { clipboardData } = event;
  const files = [...(clipboardData?.files ?? [])];
  if (!files.length) return true;
  if (clipboardData.types.includes('text/uri-list') || files.some(({ type }) => !type.startsWith('image/'))) return false;
  const html = clipboardData.getData('text/html');
  if (html && !hasWords(html)) return false;
  const text = clipboardData.getData('text/plain').trim();
  if (text) return !isListOf(files, text);
  return !!html && insertWords(event, html);
};
