/** Makes an element with attributes and children; shapes of drawings are of their own namespace. */
export const make = (name, attributes, ...children) => {
  const isShape = name == 'svg' || name == 'path';
  const element = isShape ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...children);
  return element;
};

/** The icons, as paths in a square of 24. */
const PATHS = {
  chat: 'M22 17a2 2 0 0 1-2 2H6.8a2 2 0 0 0-1.4.6l-2.2 2.2A.7.7 0 0 1 2 21.3V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z',
  question: 'M8 8.5a4 4 0 0 1 7.8 1.3c0 2.7-3.8 3.5-3.8 5.2M12 19.5v.01',
  calendar: 'M8 2v4m8-4v4M3 10h18M5 4h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z',
  close: 'm6 9 6 6 6-6',
};

const shape = (name, kind) =>
  make(
    'svg',
    { class: 'launcher-icon ' + kind, viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    make('path', { d: PATHS[name] ?? PATHS.chat }),
  );

/** The icon of the closed launcher, or none where its words are enough. */
const mark = (host, { icon, picture, text }) => {
  if (icon == 'none' && text) return '';
  const drawn = shape(icon, 'launcher-mark');
  if (icon != 'picture' || !picture) return drawn;
  const image = make('img', { class: 'launcher-picture launcher-mark', src: host + picture, alt: '' });
  // Policies of a page may forbid it.
  image.addEventListener('error', () => image.replaceWith(drawn));
  return image;
};

/** What the button of a look shows: its icon and words while it is closed, an arrow while the chat is open. */
export const faceOf = (host, launcher) => [
  mark(host, launcher),
  launcher.text ? make('bdi', { class: 'launcher-words launcher-mark' }, launcher.text) : '',
  shape('close', 'launcher-close'),
];
