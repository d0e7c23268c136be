/*
 * A chart as a picture that stands by itself: on the ground of the page, with its title and its legend.
 */
const EDGE = 16;
const TITLE = 26;
const LINE = 18;

/** Draws the chart with its words above and the names of its lines below. */
const drawn = (plot, names, [title, ...lines], { colours, strokes, family }) => {
  const chart = plot.ctx.canvas;
  const pixel = chart.width / plot.width;
  const top = EDGE + TITLE + LINE * lines.length;
  const [width, height] = [plot.width + 2 * EDGE, top + plot.height + LINE * names.length + EDGE];
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * pixel);
  canvas.height = Math.round(height * pixel);
  const ctx = canvas.getContext('2d');
  ctx.scale(pixel, pixel);
  ctx.fillStyle = colours.surface;
  ctx.fillRect(0, 0, width, height);
  ctx.textBaseline = 'top';
  const write = (text, colour, font, left, y) => {
    ctx.fillStyle = colour;
    ctx.font = `${font} ${family}`;
    ctx.fillText(text, left, y, width - left - EDGE);
  };
  write(title, colours.ink, '600 16px', EDGE, EDGE);
  lines.forEach((line, place) => write(line, colours['ink-soft'], '12px', EDGE, EDGE + TITLE + LINE * place));
  ctx.drawImage(chart, EDGE, top, plot.width, plot.height);
  names.forEach((name, place) => {
    const y = top + plot.height + LINE * place;
    ctx.fillStyle = strokes[place % strokes.length];
    ctx.fillRect(EDGE, y + 4, 12, 4);
    write(name, colours['ink-soft'], '12px', EDGE + 18, y);
  });
  return canvas;
};

/** Saves a chart; `of` has the name of the file and the words. */
export const save = (of, plot, { series }, look) => {
  const { file, words } = of.dataset;
  const names = series.map(({ label }) => label);
  drawn(plot, names, words.split('\n'), look).toBlob((blob) => {
    if (!blob) return;
    const link = document.createElement('a');
    // The address is there for as long as the page is open.
    link.href = URL.createObjectURL(blob);
    link.download = file;
    link.click();
  }, 'image/png');
};
