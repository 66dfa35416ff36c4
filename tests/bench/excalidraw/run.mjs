// SPDX-FileCopyrightText: 2026 The Drawbridge authors
// SPDX-License-Identifier: GPL-3.0-or-later
// node run.mjs BOARD...   Prints one JSON object per metric: the median of three runs (RUNS=n for more or fewer).
// Every run is a fresh Chromium; Playwright gives each a new --user-data-dir under the temporary directory.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const DIST = fileURLToPath(new URL("dist", import.meta.url));
const RUNS = Number(process.env.RUNS ?? 3);
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2" };
const LIMIT = 180_000; // ms; a board with a step that takes longer is one it does not survive

const serve = (board) => new Promise((resolve) => {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    try {
      const body = readFileSync(path === "/board" ? board : join(DIST, normalize(path === "/" ? "/index.html" : path)));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/html" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, "127.0.0.1", () => resolve(server));
});

const sum = (values) => values.reduce((a, b) => a + b, 0);
const quantile = (values, q) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;
const limited = (promise) => {
  const abort = new AbortController();
  const slow = sleep(LIMIT, null, abort).then(() => { throw new Error("too slow"); });
  return Promise.race([promise, slow]).finally(() => { slow.catch(() => {}); abort.abort(); });
};

async function measure(browser, url, report) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 });
  page.on("crash", () => browser.close()); // whatever waits for the page fails at once
  const session = await page.context().newCDPSession(page), system = await browser.newBrowserCDPSession();
  const call = (name, ...args) => limited(page.evaluate(([method, values]) => window.bench[method](...values), [name, args]));

  // The page's main thread (s), its heap (bytes), and CPU time (s) and proportional memory (MiB) of all of Chromium's processes.
  await session.send("Performance.enable");
  const metric = async (wanted) => (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === wanted).value;
  const processes = async () => (await system.send("SystemInfo.getProcessInfo")).processInfo;
  const cpu = async () => sum((await processes()).map(({ cpuTime }) => cpuTime));
  const memory = async () => sum((await processes()).map(({ id }) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "latin1"))[1]) / 1024));

  // Reports one phase; main-thread and CPU time are divided by the moves or, where there are none, the frames.
  const phase = async (name, action, moves) => {
    const main0 = await metric("TaskDuration"), cpu0 = await cpu();
    const result = await action();
    const main = (await metric("TaskDuration")) - main0, all = (await cpu()) - cpu0;
    const { frames, longTasks } = result, count = moves ?? frames.length, unit = moves ? "ms/move" : "ms/frame";
    report(`${name}_frame_p50`, quantile(frames, 0.5), "ms");
    report(`${name}_frame_p95`, quantile(frames, 0.95), "ms");
    report(`${name}_frame_max`, Math.max(...frames), "ms");
    report(`${name}_fps`, (1000 * frames.length) / sum(frames), "1/s");
    report(`${name}_long_tasks`, sum(longTasks), "ms");
    report(`${name}_main`, (1000 * main) / count, unit);
    report(`${name}_cpu_all`, (1000 * all) / count, unit);
    return result;
  };

  // 100 real pointer moves across the middle: at 60/s, not waiting for the page, as a mouse does not wait; or, to count
  // traffic, each only when the page has handled the one before.
  const stroke = async (collaborating, offset) => {
    const send = (type, i) => session.send("Input.dispatchMouseEvent", {
      type, x: 340 + 6 * i, y: Math.round(offset + 120 * Math.sin(i / 8)), button: "left", buttons: 1, clickCount: 1,
    });
    await call("beginStroke", collaborating);
    await send("mousePressed", 0);
    const start = performance.now(), sent = [];
    for (let i = 1; i <= 100; i++) {
      await sleep(Math.max(0, start + (i * 1000) / 60 - performance.now()));
      sent.push(send("mouseMoved", i));
      if (collaborating) await limited(sent.at(-1));
    }
    await limited(Promise.all(sent));
    await send("mouseReleased", 100);
    return call("endStroke");
  };

  await page.goto(url);
  await page.waitForFunction(() => window.bench?.ready);
  await page.evaluate(async () => { window.text = await (await fetch("/board")).text(); });
  await sleep(1000);
  const loaded = await limited(page.evaluate(() => window.bench.load(window.text)));
  report("load_first_frame", loaded.firstFrame, "ms");
  report("load_idle", loaded.idle, "ms");
  report("load_drawn", loaded.drawn, "elements");
  await page.evaluate(() => { delete window.text; });
  await session.send("HeapProfiler.collectGarbage");
  report("heap_loaded", (await metric("JSHeapUsedSize")) / 2 ** 20, "MiB");
  report("memory_loaded", await memory(), "MiB");

  await phase("pan", () => call("pan"));
  await sleep(500);
  await phase("zoom", () => call("zoom"));
  report("zoom_settle_longest_frame", Math.max(...(await call("settle")).frames), "ms");
  report("memory_zoomed", await memory(), "MiB");
  await call("resetView");

  const { latencies, points } = await phase("stroke", () => stroke(false, 330), 100);
  report("stroke_latency_p50", quantile(latencies, 0.5), "ms");
  report("stroke_latency_p95", quantile(latencies, 0.95), "ms");
  report("stroke_latency_max", Math.max(...latencies), "ms");
  report("stroke_points", points, "points");

  const { traffic, ...shared } = await stroke(true, 470);
  // AES-GCM tag 16 and IV 12 bytes; Socket.IO's packet with two placeholders about 110; three masked frames about 20.
  const wire = (messages, bytes) => bytes + messages * (16 + 12 + 110 + 20);
  report("sync_points", shared.points, "points");
  report("sync_stroke_json", shared.strokeBytes, "bytes");
  report("sync_messages", traffic.messages, "messages");
  report("sync_json", traffic.bytes, "bytes");
  report("sync_wire_estimate", wire(traffic.messages, traffic.bytes), "bytes");
  report("sync_cursor_wire_estimate", wire(traffic.cursorMessages, traffic.cursorBytes), "bytes");
  report("sync_resync_json", shared.resyncBytes, "bytes");

  await call("resetView");
  await call("muteDraws"); // last, since bitmaps made from here on are empty
  await phase("pan_nodraw", () => call("pan"));
  await phase("zoom_nodraw", () => call("zoom"));
}

const boards = process.argv.slice(2);
if (!boards.length) {
  console.error("usage: run.mjs BOARD...");
  process.exit(2);
}
for (const board of boards) {
  const strokes = JSON.parse(readFileSync(board)).elements.filter(({ type }) => type === "freedraw").length;
  const print = (fields) => console.log(JSON.stringify({ bench: "excalidraw", strokes, ...fields }));
  const server = await serve(board), results = new Map();
  for (let run = 1; run <= RUNS; run++) {
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
    await measure(browser, `http://127.0.0.1:${server.address().port}/`, (metric, value, unit) => {
      if (!results.has(metric)) results.set(metric, { unit, runs: [] });
      results.get(metric).runs.push(Math.round(value * 100) / 100);
    }).catch((error) => print({ metric: "failed", value: error.message.split("\n")[0], unit: `run ${run}` }));
    await browser.close();
  }
  for (const [metric, { unit, runs }] of results) print({ metric, value: quantile(runs, 0.5), unit, runs });
  server.close();
}
