// Colors of the ground and of lines on it, in light and in dark. What signs and ties look like comes with the data.
// As in the static picture: signs are made for letters no wider than these.
const FONT = '"DejaVu Sans", Verdana, Helvetica, Arial, sans-serif';
const theme = { dark: false, back: '#fff', ink: '#000', quiet: '#555', hull: '#8883', outline: '#bbb', rim: '#000', mark: '#06c', tie: [] };

function luminance(color) {
  const channel = (at) => {
    const c = parseInt(color.slice(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function lighter(color) {
  const mixed = [1, 3, 5].map((at) => Math.round(parseInt(color.slice(at, at + 2), 16) * 0.85 + 255 * 0.15));
  return `#${mixed.map((c) => c.toString(16).padStart(2, '0')).join('')}`;
}

// The color of a line on this ground: lightened until it stands out at 4.5 to 1.
function onGround(color) {
  if (!theme.dark) return color;
  const ground = luminance(theme.back);
  let seen = color;
  while ((luminance(seen) + 0.05) / (ground + 0.05) < 4.5) seen = lighter(seen);
  return seen;
}

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  theme.dark = read('dark') === '1';
  for (const name of ['back', 'ink', 'quiet', 'hull', 'outline', 'rim', 'mark']) theme[name] = read(name);
  theme.tie = data.ties.map((tie) => onGround(tie.color));
}
