// SPDX-FileCopyrightText: 2026 The Drawbridge authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page under measurement: Excalidraw as its own app mounts it, and `window.bench`, the hooks that run.mjs calls.
import { createRoot } from "react-dom/client";
import { CaptureUpdateAction, Excalidraw, getSceneVersion, isInvisiblySmallElement, restore } from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";

window.EXCALIDRAW_THROTTLE_RENDER = true; // excalidraw-app/App.tsx sets it: canvases are drawn in animation frames

let api, onChange = () => {}, onPointer = () => {};
const context2d = CanvasRenderingContext2D.prototype;
const frame = () => new Promise(requestAnimationFrame);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// A task that runs as soon as the frame being produced has left the main thread.
const afterFrame = (callback) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = callback;
  port2.postMessage(0);
};

// Calls back at every draw onto a canvas that is on the page; returns how to stop.
const watchDraws = (callback) => {
  const original = context2d.drawImage;
  context2d.drawImage = function (...args) {
    if (this.canvas.isConnected) callback(this.canvas.classList.contains("static"));
    return original.apply(this, args);
  };
  return () => { context2d.drawImage = original; };
};

// Intervals between animation frames, and the long tasks, from now until the returned function is called.
const recordFrames = () => {
  const frames = [], longTasks = [];
  let last = 0, running = true;
  const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => entry.duration)));
  observer.observe({ entryTypes: ["longtask"] });
  const tick = (time) => {
    if (last) frames.push(time - last);
    last = time;
    if (running) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  return async () => {
    await frame();
    running = false;
    await sleep(50); // long tasks are reported late
    observer.disconnect();
    return { frames, longTasks };
  };
};

// Resolves when no frame came late (over 34 ms) for half a second, with the time at which the last late one ended.
const idle = async () => {
  let last = performance.now(), busyUntil = last;
  while (last - busyUntil < 500) {
    await frame();
    const now = performance.now();
    if (now - last > 34) busyUntil = now;
    last = now;
  }
  return busyUntil;
};

// Runs step(seconds before, seconds now) in every frame for 3 s: the path is a function of time, not of frames.
const animate = async (step) => {
  const start = performance.now(), stop = recordFrames();
  for (let before = 0; before < 3;) {
    await frame();
    const now = Math.min((performance.now() - start) / 1000, 3);
    step(before, now);
    before = now;
  }
  return stop();
};

const setView = (zoom, still) => api.updateScene({
  appState: {
    zoom: { value: zoom }, scrollX: 640 / zoom - 640, scrollY: 400 / zoom - 400, // around the centre of the viewport
    shouldCacheIgnoreZoom: !still, // what Excalidraw's own wheel handler sets while zooming, and clears 300 ms later
  },
});

window.bench = {
  ready: false,

  async load(text) {
    const start = performance.now();
    let drawn = 0, resolve;
    const painted = new Promise((done) => { resolve = done; });
    const unwatch = watchDraws((isStatic) => {
      if (isStatic && drawn++ === 0) afterFrame(() => resolve(performance.now()));
    });
    const { elements } = restore(JSON.parse(text), null, null);
    api.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER });
    setView(1, true);
    const firstFrame = (await painted) - start;
    unwatch();
    return { firstFrame, drawn, idle: Math.max(firstFrame, (await idle()) - start) };
  },

  // A square of 600 px at 800 px/s: right, down, left, up, 0.75 s each, by wheel events as a touchpad sends them.
  pan() {
    const canvas = document.querySelector("canvas.interactive");
    const position = (t) => {
      const leg = Math.min(Math.floor(t / 0.75), 3), way = (t - leg * 0.75) * 800;
      return [[way, 0], [600, way], [600 - way, 600], [0, 600 - way]][leg];
    };
    return animate((before, now) => {
      const [x0, y0] = position(before), [x1, y1] = position(now);
      const wheel = { deltaX: x1 - x0, deltaY: y1 - y0, clientX: 640, clientY: 400, bubbles: true, cancelable: true };
      canvas.dispatchEvent(new WheelEvent("wheel", wheel));
    });
  },

  // 1.5 octaves/s: 100 % to 200 % to 50 % to 141 %.
  zoom: () => animate((_, t) => setView(2 ** (t < 2 / 3 ? 1.5 * t : t < 2 ? 2 - 1.5 * t : 1.5 * t - 4))),

  // After a zoom: Excalidraw paints every visible element's bitmap again at the new scale.
  async settle() {
    const stop = recordFrames();
    await sleep(300);
    setView(api.getAppState().zoom.value, true);
    await idle();
    return stop();
  },

  async resetView() {
    setView(1, true);
    await idle();
  },

  // Makes drawing free: what remains is the main-thread work that even an infinitely fast GPU would leave.
  muteDraws() {
    for (const name of ["drawImage", "fill", "stroke", "fillRect", "clearRect", "strokeRect", "fillText"]) context2d[name] = () => {};
  },

  // The caller presses, moves and releases the pointer, then calls endStroke.
  beginStroke(collaborating) {
    api.setActiveTool({ type: "freedraw" });
    const latencies = [], pending = [];
    let applied = [];
    const onMove = (event) => pending.push(event.timeStamp);
    window.addEventListener("pointermove", onMove, true);
    const unwatch = watchDraws((isStatic) => { // the stroke in the making has a canvas of its own
      if (isStatic) return;
      const stamps = applied;
      applied = [];
      if (stamps.length) afterFrame(() => latencies.push(...stamps.map((stamp) => performance.now() - stamp)));
    });

    // What excalidraw-app/collab does: Collab.broadcastElements on every change, Portal.broadcastScene; the cursor every 33 ms.
    const traffic = { messages: 0, bytes: 0, cursorMessages: 0, cursorBytes: 0 };
    const size = (data) => new TextEncoder().encode(JSON.stringify(data)).length;
    const versions = new Map(api.getSceneElementsIncludingDeleted().map((element) => [element.id, element.version]));
    let sceneVersion = getSceneVersion(api.getSceneElementsIncludingDeleted()), lastCursor = 0;
    onChange = (elements) => {
      applied.push(...pending.splice(0));
      if (!collaborating || getSceneVersion(elements) <= sceneVersion) return;
      sceneVersion = getSceneVersion(elements);
      const changed = elements.filter((element) => !(element.version <= versions.get(element.id)) && !isInvisiblySmallElement(element));
      changed.forEach((element) => versions.set(element.id, element.version));
      traffic.messages += 1;
      traffic.bytes += size({ type: "SCENE_UPDATE", payload: { elements: changed } });
    };
    onPointer = ({ pointer, button }) => {
      if (!collaborating || performance.now() - lastCursor < 33) return;
      lastCursor = performance.now();
      const payload = { socketId: "x".repeat(20), pointer, button, selectedElementIds: api.getAppState().selectedElementIds, username: "Somebody" };
      traffic.cursorMessages += 1;
      traffic.cursorBytes += size({ type: "MOUSE_LOCATION", payload });
    };

    const stop = recordFrames();
    this.endStroke = async () => {
      for (let i = 0; i < 3; i++) await frame(); // the finished stroke moves to the canvas of all the others
      const result = await stop();
      unwatch();
      window.removeEventListener("pointermove", onMove, true);
      onChange = onPointer = () => {};
      const elements = api.getSceneElementsIncludingDeleted(), stroke = elements.at(-1);
      const resyncBytes = collaborating ? size({ type: "SCENE_UPDATE", payload: { elements } }) : 0;
      return { ...result, latencies, traffic, points: stroke.points.length, strokeBytes: size(stroke), resyncBytes };
    };
  },
};

createRoot(document.getElementById("root")).render(
  <Excalidraw
    excalidrawAPI={(value) => { api = value; window.bench.ready = true; }}
    onChange={(...args) => onChange(...args)}
    onPointerUpdate={(...args) => onPointer(...args)}
  />,
);
