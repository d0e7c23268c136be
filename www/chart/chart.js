/*
 * Values over time, drawn by uPlot in the colours of the page. A table beside it shows the same.
 *
 *   show(host, { times, series, unit, digits, top, marks, lines })
 *
 *   times    instants in seconds, ascending
 *   series   `{ label, values }`: a line with a value at each instant, null for a gap; four at most have a colour
 *   unit     what follows a value, such as `%`; `digits` stand after its point
 *   top      the upper end of the axis; null is what the values need
 *   marks    `{ at, value, text }`: events on the first line
 *   lines    `{ value, text }`: values with a name
 *
 * An element of the same section with `data-file` and `data-words` has the button that saves the chart as a picture.
 * It is hidden without a chart.
 * The event `erase` on the host removes the chart; showing another picture replaces it.
 */
import uPlot from 'uplot';
import styles from 'uplot/dist/uPlot.min.css';
import heat from './heat.css';
import { save } from './picture.js';

const HEIGHT = 220;
/** Pixels within which the tooltip is that of a mark. */
const NEAR = 14;
const DAY = 86400;

let sheet;

/** Adds the style sheet of the library, and that of the map of hours, which stands beside a chart; once. */
const dress = () => {
  if (sheet) return;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(styles + heat);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
};

/** Computed colours of the page, as a canvas takes them. */
const palette = (host) => {
  const probe = host.appendChild(document.createElement('i'));
  const colour = (name) => {
    probe.style.color = `var(--k-${name})`;
    return getComputedStyle(probe).color;
  };
  const inks = ['ink', 'ink-soft', 'line', 'line-strong', 'surface'];
  const names = [...inks, 'accent', 'accent-soft', 'good-mark', 'fair-mark', 'wrong'];
  const colours = Object.fromEntries(names.map((name) => [name, colour(name)]));
  probe.remove();
  return colours;
};

const words = (seconds, options) => new Date(seconds * 1000).toLocaleString('en-GB', options);
const dayWords = (seconds) => words(seconds, { day: 'numeric', month: 'short' });
const exactWords = (seconds) => words(seconds, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

const axes = (colours, font, isShort, { top, unit }) => {
  const shared = { stroke: colours['ink-soft'], font, ticks: { stroke: colours.line, width: 1 } };
  const hours = (seconds) => words(seconds, { hour: '2-digit', minute: '2-digit' });
  // Ticks within one minute would all read the same.
  const times = (seconds, step) =>
    step < 60 ? words(seconds, { hour: '2-digit', minute: '2-digit', second: '2-digit' }) : hours(seconds);
  return [
    { ...shared, grid: { show: false }, space: 64, values: (_, splits, __, ___, step) => splits.map(isShort ? (at) => times(at, step) : dayWords) },
    {
      ...shared,
      grid: { stroke: colours.line, width: 1 },
      size: 36 + 8 * unit.length,
      values: (_, splits) => splits.map((value) => value + unit),
      ...(top === null ? {} : { splits: () => [0, 1, 2, 3, 4].map((part) => (part * top) / 4) }),
    },
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
  for (const { value, text } of lines) {
    const y = plot.valToPos(value, 'y', true);
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
  for (const { at, value } of marks) {
    ctx.beginPath();
    ctx.arc(plot.valToPos(at, 'x', true), plot.valToPos(value, 'y', true), 4 * pixel, 0, 2 * Math.PI);
    ctx.fillStyle = colours.accent;
    ctx.strokeStyle = colours.surface;
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
};

/** The tooltip: the nearest mark, else the values at the pointer. */
const tip = ({ marks, series, unit, digits }) => {
  const box = document.createElement('div');
  box.className = 'chart-tip';
  box.hidden = true;
  const nearest = (plot) => {
    const away = ({ at, value }) =>
      Math.hypot(plot.valToPos(at, 'x') - plot.cursor.left, plot.valToPos(value, 'y') - plot.cursor.top);
    const [best] = marks.map((mark) => [away(mark), mark]).sort((a, b) => a[0] - b[0]);
    return best && best[0] <= NEAR ? best[1] : undefined;
  };
  const valueWords = (value) => (value == null ? 'none' : value.toFixed(digits) + unit);
  const atPointer = (plot, idx) =>
    series.map(({ label, values }) => (series.length > 1 ? `${label} ` : '') + valueWords(values[idx])).join(', ');
  return {
    hooks: {
      init: (plot) => plot.over.append(box),
      setCursor: (plot) => {
        const { left, top, idx } = plot.cursor;
        box.hidden = !(left >= 0 && idx != null);
        if (box.hidden) return;
        const mark = nearest(plot);
        box.textContent = mark ? mark.text : `${exactWords(plot.data[0][idx])}: ${atPointer(plot, idx)}`;
        const isLeft = left > plot.over.clientWidth / 2;
        box.style.insetInlineStart = isLeft ? 'auto' : `${left + 12}px`;
        box.style.insetInlineEnd = isLeft ? `${plot.over.clientWidth - left + 12}px` : 'auto';
        box.style.insetBlockStart = `${Math.min(top + 12, plot.over.clientHeight - 24)}px`;
      },
    },
  };
};

const lookOf = (host) => {
  const colours = palette(host);
  const strokes = [colours.accent, colours['good-mark'], colours['fair-mark'], colours.wrong];
  return { colours, strokes, family: getComputedStyle(host).fontFamily };
};

const make = (host, picture) => {
  const { colours, strokes, family } = lookOf(host);
  const font = `12px ${family}`;
  const { times, series, top, lines } = picture;
  const named = Math.max(0, ...lines.map(({ value }) => value));
  const line = (_, place) => ({
    stroke: strokes[place % strokes.length],
    width: 2,
    // One alone is an area; several would cover each other.
    fill: series.length === 1 ? colours['accent-soft'] : undefined,
    points: { show: false },
  });
  const isShort = times.at(-1) - times[0] < 3 * DAY;
  const options = {
    width: host.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6, fill: colours.accent } },
    scales: { y: { range: (_, __, most) => [0, top ?? Math.max(1, Math.max(most, named) * 1.1)] } },
    axes: axes(colours, font, isShort, picture),
    series: [{}, ...series.map(line)],
    hooks: { draw: [overlay(colours, font, picture)] },
    plugins: [tip(picture)],
  };
  return new uPlot(options, [times, ...series.map(({ values }) => values)], host);
};

const ends = new WeakMap();

export const show = (host, picture) => {
  dress();
  ends.get(host)?.();
  let plot = make(host, picture);
  const saver = host.closest('section')?.querySelector('[data-file]');
  if (saver) {
    saver.hidden = false;
    saver.onclick = () => save(saver, plot, picture, lookOf(host));
  }
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
    if (saver) saver.hidden = true;
    plot.destroy();
    ends.delete(host);
  };
  host.addEventListener('erase', end);
  ends.set(host, end);
};
