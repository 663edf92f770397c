/** Scan by camera: full screen, several codes in a row. The reader (412 kB) is fetched at the first use and kept. */
import { t } from "../words/words.js";
import { html, icon, overlay } from "./dom.js";

const READER = "/static/vendor/barcode-detector.js";
const WASM_FOLDER = "/static/vendor/zxing/";
const FORMATS = ["qr_code", "code_128", "data_matrix", "ean_13"];
const EVERY_MS = 120;
const SAME_AGAIN_MS = 1500;

async function reader() {
  if (globalThis.BarcodeDetector) return new BarcodeDetector({ formats: FORMATS });
  await new Promise((loaded, failed) => {
    if (globalThis.BarcodeDetectionAPI) return loaded();
    const script = document.createElement("script");
    Object.assign(script, { src: READER, onload: loaded, onerror: failed });
    document.head.append(script);
  });
  const { BarcodeDetector: Detector, prepareZXingModule } = globalThis.BarcodeDetectionAPI;
  prepareZXingModule({
    overrides: { locateFile: (file, folder) => (file.endsWith(".wasm") ? WASM_FOLDER : folder) + file },
  });
  return new Detector({ formats: FORMATS });
}

/** Open the camera and call `scanned(text)` for each code until it is closed. */
export async function scanByCamera(scanned) {
  let stream;
  let torch = false;
  const closed = overlay(
    () =>
      html`<h2 id="sheet-title" class="vh">${t("Scan by camera")}</h2>
        <video playsinline muted autoplay></video>
        <div class="reticle" aria-hidden="true"></div>
        <p class="camera-note" role="status">${t("Hold the code inside the frame")}</p>
        <div class="camera-foot">
          <button class="big" data-act="torch" hidden>${icon("flashlight")}${t("Light")}</button>
          <button class="big" data-act="leave">${t("Close the camera")}</button>
        </div>`,
    (close) => ({
      leave: () => close(),
      torch: () => stream?.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: (torch = !torch) }] }),
    }),
    { className: "camera" },
  );
  const root = document.querySelector(".camera");
  const video = root.querySelector("video");
  const say = (words) => {
    root.querySelector(".camera-note").textContent = words;
  };
  try {
    if (!navigator.mediaDevices) throw new Error("insecure");
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: 1280, height: 720 },
    });
    video.srcObject = stream;
    root.querySelector("[data-act=torch]").hidden = !stream.getVideoTracks()[0].getCapabilities?.().torch;
    watch(video, await reader(), scanned, () => root.isConnected);
  } catch (error) {
    say(
      error.name === "NotAllowedError"
        ? t("Allow the camera in the browser's settings, or use the scanner")
        : t("The camera cannot be used here, use the scanner or type the code"),
    );
  }
  await closed;
  stream?.getTracks().forEach((track) => track.stop());
}

async function watch(video, detector, scanned, isOpen) {
  let last = { text: "", at: 0 };
  while (isOpen()) {
    const [found] = video.readyState >= 2 ? await detector.detect(video).catch(() => []) : [];
    const text = found?.rawValue;
    if (text && (text !== last.text || Date.now() - last.at > SAME_AGAIN_MS)) {
      last = { text, at: Date.now() };
      scanned(text);
    }
    await new Promise((done) => setTimeout(done, EVERY_MS));
  }
}
