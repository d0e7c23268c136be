/*
 * The score over time, drawn by uPlot in the colours of the page. A table beside it shows the same.
 *
 *   show(host, { times, scores, marks, lines })
 *
 *   times   instants in seconds, ascending; `scores` are those at them
 *   marks   `{ at, score, text }`: events that changed the score
 *   lines   `{ score, text }`: where a bucket begins
 *
 * The event `erase` on the host removes the chart; showing another picture replaces it.
 */
import uPlot from 'uplot';
import styles from 'uplot/dist/uPlot.min.css';

const HEIGHT = 220;
/** Pixels within which the tooltip is that of a mark. */
const NEAR = 14;
const DAY = 86400;

let sheet;

/** Adds the style sheet of the library, once. */
const dress = () => {
  if (sheet) return;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
};

/** Computed colours of the page, as a canvas takes them. */
const palette = (host) => {
  const probe = host.appendChild(document.createElement('i'));
  const colour = (name) => {
    probe.style.color = `var(--k-${name})`;
    return getComputedStyle(probe).color;
  };
  const names = ['ink-soft', 'line', 'line-strong', 'accent', 'accent-soft', 'surface', 'good-mark', 'fair-mark'];
  const colours = Object.fromEntries(names.map((name) => [name, colour(name)]));
  probe.remove();
  return colours;
};

const words = (seconds, options) => new Date(seconds * 1000).toLocaleString('en-GB', options);
const dayWords = (seconds) => words(seconds, { day: 'numeric', month: 'short' });
const exactWords = (seconds) => words(seconds, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

const axes = (colours, font, isShort) => {
  const shared = { stroke: colours['ink-soft'], font, ticks: { stroke: colours.line, width: 1 } };
  const hours = (seconds) => words(seconds, { hour: '2-digit', minute: '2-digit' });
  // Ticks within one minute would all read the same.
  const times = (seconds, step) =>
    step < 60 ? words(seconds, { hour: '2-digit', minute: '2-digit', second: '2-digit' }) : hours(seconds);
  return [
    { ...shared, grid: { show: false }, space: 64, values: (_, splits, __, ___, step) => splits.map(isShort ? (at) => times(at, step) : dayWords) },
    { ...shared, grid: { stroke: colours.line, width: 1 }, size: 36, splits: () => [0, 25, 50, 75, 100] },
  ];
};

/** The thresholds as dashed lines with their names, the marks as dots. */
const overlay = (colours, font, { marks, lines }) => (plot) => {
  const { ctx, bbox } = plot;
  const pixel = devicePixelRatio;
  ctx.save();
  ctx.font = font.replace(/[\d.]+px/, (size) => parseFloat(size) * pixel + 'px');
  ctx.lineWidth = pixel;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  for (const { score, text } of lines) {
    const y = plot.valToPos(score, 'y', true);
    ctx.setLineDash([4 * pixel, 4 * pixel]);
    ctx.strokeStyle = colours['line-strong'];
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.fillStyle = colours['ink-soft'];
    ctx.fillText(text, bbox.left + 4 * pixel, y - 2 * pixel);
  }
  ctx.setLineDash([]);
  for (const { at, score } of marks) {
    ctx.beginPath();
    ctx.arc(plot.valToPos(at, 'x', true), plot.valToPos(score, 'y', true), 4 * pixel, 0, 2 * Math.PI);
    ctx.fillStyle = colours.accent;
    ctx.strokeStyle = colours.surface;
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
};

/** The tooltip: the nearest mark, else the score at the pointer. */
const tip = ({ marks }) => {
  const box = document.createElement('div');
  box.className = 'chart-tip';
  box.hidden = true;
  const nearest = (plot) => {
    const away = ({ at, score }) =>
      Math.hypot(plot.valToPos(at, 'x') - plot.cursor.left, plot.valToPos(score, 'y') - plot.cursor.top);
    const [best] = marks.map((mark) => [away(mark), mark]).sort((a, b) => a[0] - b[0]);
    return best && best[0] <= NEAR ? best[1] : undefined;
  };
  return {
    hooks: {
      init: (plot) => plot.over.append(box),
      setCursor: (plot) => {
        const { left, top, idx } = plot.cursor;
        box.hidden = !(left >= 0 && idx != null);
        if (box.hidden) return;
        const mark = nearest(plot);
        box.textContent = mark ? mark.text : `${exactWords(plot.data[0][idx])}: ${plot.data[1][idx].toFixed(1)}`;
        const isLeft = left > plot.over.clientWidth / 2;
        box.style.insetInlineStart = isLeft ? 'auto' : `${left + 12}px`;
        box.style.insetInlineEnd = isLeft ? `${plot.over.clientWidth - left + 12}px` : 'auto';
        box.style.insetBlockStart = `${Math.min(top + 12, plot.over.clientHeight - 24)}px`;
      },
    },
  };
};

const make = (host, picture) => {
  const colours = palette(host);
  const { fontFamily } = getComputedStyle(host);
  const font = `12px ${fontFamily}`;
  const { times, scores } = picture;
  const isShort = times.at(-1) - times[0] < 3 * DAY;
  const options = {
    width: host.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6, fill: colours.accent } },
    scales: { y: { range: [0, 100] } },
    axes: axes(colours, font, isShort),
    series: [{}, { stroke: colours.accent, width: 2, fill: colours['accent-soft'], points: { show: false } }],
    hooks: { draw: [overlay(colours, font, picture)] },
    plugins: [tip(picture)],
  };
  return new uPlot(options, [times, scores], host);
};

const ends = new WeakMap();

export const show = (host, picture) => {
  dress();
  ends.get(host)?.();
  let plot = make(host, picture);
  const again = () => {
    plot.destroy();
    plot = make(host, picture);
  };
  const sized = new ResizeObserver(() => {
    if (host.clientWidth && host.clientWidth !== plot.width) plot.setSize({ width: host.clientWidth, height: HEIGHT });
  });
  sized.observe(host);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', again);
  const end = () => {
    sized.disconnect();
    dark.removeEventListener('change', again);
    host.removeEventListener('erase', end);
    plot.destroy();
    ends.delete(host);
  };
  host.addEventListener('erase', end);
  ends.set(host, end);
};
