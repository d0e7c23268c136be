// Explains in the console why the server refuses signals of this page. A chunk of its own.

const FIELDS = {
  'header/Origin': () =>
    location.origin == 'null' || location.protocol == 'file:'
      ? 'this page has no origin (a file, or a sandboxed frame). Open it from a web server.'
      : `${location.origin} is not among the origins of its site. Add it in Knock, under Install.`,
  '/site': () => 'data-site is not the key of a site. Copy the snippet again, in Knock under Install.',
};

/** Prints the reason in `text`, a problem document unless a proxy has answered. */
export const explain = (text) => {
  console.warn('Knock records nothing on this page: ' + FIELDS[JSON.parse(text).errors[0].pointer]());
};
