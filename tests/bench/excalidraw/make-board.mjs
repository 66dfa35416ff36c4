// SPDX-FileCopyrightText: 2026 The Drawbridge authors
// SPDX-License-Identifier: GPL-3.0-or-later
// node make-board.mjs N [SEED] > board.excalidraw
// A seeded board: N freedraw strokes of about 60 points and N/20 other elements. 40 % of all lie wholly
// within the first viewport (0,0 to 1280x800 at 100 %), the rest around it on a field of 5120x3200.
const [count, seed = 1] = process.argv.slice(2).map(Number);
if (!(count >= 1)) {
  console.error("usage: make-board.mjs N [SEED] > board.excalidraw");
  process.exit(2);
}

let state = seed >>> 0; // mulberry32
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const between = (low, high) => low + random() * (high - low);
const pick = (list) => list[Math.floor(random() * list.length)];
const integer = () => Math.floor(random() * 2 ** 31);
const round = (value) => Math.round(value * 100) / 100;

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const fractionalIndex = (n) => { // the integer keys of Excalidraw's fractional indices: a0 … az, b00 … bzz, c000 …
  let digits = 1, key = "";
  for (let room = 62; n >= room; room = 62 ** digits) { n -= room; digits += 1; }
  for (let i = 0; i < digits; i++) { key = DIGITS[n % 62] + key; n = Math.floor(n / 62); }
  return "abc"[digits - 1] + key;
};

const place = (width, height) => {
  if (random() < 0.4) return [between(0, 1280 - width), between(0, 800 - height)];
  for (;;) {
    const x = between(-1920, 3200 - width), y = between(-1200, 2000 - height);
    if (x > 1280 || x + width < 0 || y > 800 || y + height < 0) return [x, y];
  }
};

const COLOURS = ["#1e1e1e", "#e03131", "#2f9e44", "#1971c2", "#f08c00", "#9c36b5"];
const elements = [];
const add = (type, width, height, more) => {
  const [x, y] = place(width, height).map(round);
  elements.push({
    id: `e${elements.length}`, type, x, y, width: round(width), height: round(height), angle: 0,
    strokeColor: pick(COLOURS), backgroundColor: "transparent", fillStyle: "solid",
    strokeWidth: pick([1, 2, 4]), strokeStyle: "solid", roughness: 1, opacity: 100, groupIds: [], frameId: null,
    index: fractionalIndex(elements.length), roundness: null, seed: integer(), version: 1,
    versionNonce: integer(), isDeleted: false, boundElements: null, updated: 1, link: null, locked: false, ...more,
  });
};

const addStroke = () => { // a pen that wanders with inertia, as in handwriting
  const points = [], pressures = [], length = 50 + Math.floor(random() * 21);
  for (let i = 0, x = 0, y = 0, heading = between(-0.5, 0.5), turn = 0; i < length; i++) {
    points.push([round(x), round(y)]);
    pressures.push(round(0.5 + 0.3 * Math.sin((i / length) * Math.PI) + between(-0.05, 0.05)));
    turn = 0.8 * turn + between(-0.25, 0.25);
    heading += turn;
    const step = between(1, 5);
    x += Math.cos(heading) * step;
    y += Math.sin(heading) * step;
  }
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const left = Math.min(...xs), top = Math.min(...ys);
  add("freedraw", Math.max(...xs) - left, Math.max(...ys) - top, { points, pressures, simulatePressure: false, lastCommittedPoint: null });
  const stroke = elements.at(-1); // x, y are the first point, not the corner of the box
  stroke.x = round(stroke.x - left);
  stroke.y = round(stroke.y - top);
};

const OTHERS = [
  (width, height) => add("rectangle", width, height, { roundness: { type: 3 }, backgroundColor: pick(["transparent", "#ffec99", "#a5d8ff"]) }),
  (width, height) => add("ellipse", width, height, { roundness: { type: 2 } }),
  (width, height) => add("arrow", width, height, {
    roundness: { type: 2 }, points: [[0, 0], [round(width), round(height)]], lastCommittedPoint: null, startBinding: null,
    endBinding: null, startArrowhead: null, endArrowhead: "arrow", elbowed: false,
  }),
  (_width, _height, text = `Note ${elements.length}`) => add("text", text.length * 10, 25, {
    text, originalText: text, fontSize: 20, fontFamily: 5, textAlign: "left", verticalAlign: "top",
    containerId: null, autoResize: true, lineHeight: 1.25,
  }),
];

for (let i = 0; i < count; i++) {
  addStroke();
  if (i % 20 === 19) OTHERS[Math.floor(i / 20) % 4](between(60, 200), between(40, 140));
}
process.stdout.write(JSON.stringify({
  type: "excalidraw", version: 2, source: "make-board", elements,
  appState: { gridSize: 20, gridStep: 5, gridModeEnabled: false, viewBackgroundColor: "#ffffff" }, files: {},
}));
