// The server takes nothing from this page: the console says why, and what to do. A chunk of its own.

const FIELDS = {
  'header/Origin': () =>
    location.origin == 'null' || location.protocol == 'file:'
      ? 'this page has no origin (a file, or a sandboxed frame). Open it from a web server.'
      : `${location.origin} is not among the origins of its site. Add it in Knock, under Install.`,
  '/site': () => 'data-site is not the key of a site. Copy the snippet again, in Knock under Install.',
};

/** Prints it; `text` is the answer, a problem document unless something in between has sent it. */
export const take = (text) => {
  console.warn('Knock records nothing on this page: ' + FIELDS[JSON.parse(text).errors[0].pointer]());
};
