/*
 * Keeps the button of the launcher clear of bars that the page shows at its bottom, such as one that asks about cookies.
 * Loaded by the launcher when the page is idle.
 *
 *   keepClear({ element, button, isOpen, lift, signal });
 *
 *   isOpen()   whether the chat is open: nothing moves then
 *   lift(css)  replaces the style that lifts the button
 *
 * A bar is fixed, or sticky at the bottom, and over the place of the button. What is as high as most of the window is a
 * layer above the page, which the button stays on. Looks at the page when it has changed and is idle, three times a second at
 * most, and writes once at the end.
 */
import { whenIdle } from './idle.js';

/** The distance from a bar, and the time after a change, in CSS pixels and milliseconds. */
const GAP = 12;
const QUIET = 300;
/** When bars are looked for though nothing has changed: some are shown by their style alone. */
const LATER = [2000, 5000, 10000];
/** Bars above each other, and children of the body that are looked at. */
const STACKED = 4;
const FIRST = 30;
const LAST = 70;

/** The largest part of the window's height that a bar can have: the panel needs the rest. */
const most = () => (innerWidth > 480 ? 0.4 : 0.7) * innerHeight;

const parentOf = (node) => node.parentElement ?? node.getRootNode().host;

/** The elements of a tree at a point, also those in its open shadow trees, without those of the launcher. */
const at = ([x, y], launcher, tree = document) =>
  tree
    .elementsFromPoint(x, y)
    .filter((found) => found != launcher && found.getRootNode() == tree)
    .flatMap((found) => (found.shadowRoot ? [...at([x, y], launcher, found.shadowRoot), found] : [found]));

/** The bar that an element is part of. Of a layer over the page that lets presses through it is the part. */
const barOf = (start) => {
  let part;
  for (let node = start; node; node = parentOf(node)) {
    const { position, bottom, pointerEvents } = getComputedStyle(node);
    if (position == 'fixed' || (position == 'sticky' && bottom != 'auto')) {
      if (node.getBoundingClientRect().height <= most()) return node;
      return pointerEvents == 'none' ? part : undefined;
    }
    part = node;
  }
  return undefined;
};

/** The bars among the body's children that let presses through, which a point does not find. */
const passing = () => {
  const children = [...document.body.children];
  const looked = children.length > FIRST + LAST ? [...children.slice(0, FIRST), ...children.slice(-LAST)] : children;
  return looked.filter((child) => {
    const { position, pointerEvents, visibility, opacity } = getComputedStyle(child);
    const isSeen = visibility == 'visible' && +opacity && child.textContent.trim();
    return position == 'fixed' && pointerEvents == 'none' && isSeen;
  });
};

const isOver = (bar, box) =>
  bar.height > 0 &&
  bar.height <= most() &&
  bar.left < box.right &&
  bar.right > box.left &&
  bar.top < box.bottom &&
  bar.bottom > box.top;

/** The bars over a box. */
const barsOver = (box, element, others) => {
  const { left, right, top, bottom } = box;
  const points = [left + 2, (left + right) / 2, right - 2].flatMap((x) => [top + 2, (top + bottom) / 2, bottom - 2].map((y) => [x, y]));
  const hit = new Set(points.flatMap((point) => at(point, element)));
  const bars = new Set([...hit].map(barOf).concat(others));
  return [...bars].filter((bar) => bar && bar != element && isOver(bar.getBoundingClientRect(), box));
};

/** How far the box has to be lifted, and the bars below it then. */
const measure = (box, element) => {
  const others = passing();
  const below = new Set();
  let need = 0;
  for (let count = 0; count < STACKED; count += 1) {
    const { left, right, top, bottom } = box;
    const bars = barsOver({ left, right, top: top - need, bottom: bottom - need }, element, others);
    if (!bars.length) break;
    bars.forEach((bar) => below.add(bar));
    need = bottom - Math.min(...bars.map((bar) => bar.getBoundingClientRect().top)) + GAP;
  }
  return need > most() ? { need: 0, below } : { need, below };
};

export const keepClear = ({ element, button, isOpen, lift, signal }) => {
  let lifted = 0;
  let timer;
  let watched = new Set();

  const look = () => {
    timer = undefined;
    const { left, right, top, bottom, height } = button.getBoundingClientRect();
    if (signal.aborted || isOpen() || document.hidden || !height || element.inert) return;
    const { need, below } = measure({ left, right, top: top + lifted, bottom: bottom + lifted }, element);
    watch(below);
    if (Math.abs(need - lifted) < 1) return;
    lifted = Math.ceil(need);
    lift(`:host{--k-lift:${lifted}px}`);
    // It may be moving in.
    soon();
  };

  const soon = () => {
    timer ??= setTimeout(() => whenIdle(look), QUIET);
  };

  const sizes = new ResizeObserver(soon);
  /** Hears of a bar that grows, or is gone: each is observed once, as that causes a look. */
  const watch = (bars) => {
    watched.forEach((bar) => bars.has(bar) || sizes.unobserve(bar));
    bars.forEach((bar) => watched.has(bar) || sizes.observe(bar));
    watched = bars;
  };
  const changes = new MutationObserver(soon);
  const attributeFilter = ['class', 'hidden', 'open'];
  changes.observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter });
  // The chat is closed, or the button comes.
  changes.observe(button, { attributes: true, attributeFilter: ['aria-expanded', 'hidden'] });
  const passive = { signal, passive: true };
  addEventListener('resize', soon, passive);
  addEventListener('scroll', soon, passive);
  document.addEventListener('visibilitychange', soon, passive);
  const later = LATER.map((time) => setTimeout(soon, time));
  signal.addEventListener('abort', () => {
    [timer, ...later].forEach(clearTimeout);
    changes.disconnect();
    sizes.disconnect();
  });
  look();
};
