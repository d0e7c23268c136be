// `?knock_debug` in a page's address: prints what is captured, masked, queued and sent. A chunk of its own.

const MASK = '***';
/** Signals of this page by id, with their delivery state. */
const rows = new Map();
let printing;

const row = ({ at, type, name, text, form, url, category, seq }, masked) => ({
  time: new Date(at).toISOString().slice(11, 23),
  type,
  what: name || text || form || '',
  page: url?.replace(/^https?:\/\/[^/]*/, ''),
  category,
  seq,
  masked,
  state: 'queued',
});

const print = () => {
  printing = 0;
  console.info('knock: what this page has captured');
  console.table([...rows.values()]);
};

const printSoon = () => {
  printing ||= setTimeout(print, 300);
};

const deliveryState = (status) => {
  if (status >= 200 && status < 300) return 'delivered';
  return status ? `answered ${status}` : 'no answer';
};

/** Prints why the script does nothing: its tag has no `data-site`. */
export const explain = () =>
  console.info(
    'knock: the script tag has no data-site. Google Tag Manager and others drop data attributes: use the code of the tab for Tag Manager, in Knock under Install.',
  );

/** Prints the signals of the page from now on. */
export const watch = () => {
  document.addEventListener('knock:signal', ({ detail }) => {
    rows.set(detail.id, row(detail, JSON.stringify(detail).split(MASK).length - 1));
    printSoon();
  });
  document.addEventListener('knock:sent', ({ detail }) => {
    for (const id of detail.ids) if (rows.has(id)) rows.get(id).state = deliveryState(detail.status);
    printSoon();
  });
};
