// Reads one picture with every decoder, each alone, and tells what it read and how long it took.
import { prepareZXingModule, readBarcodes } from "/npm/zxing-wasm/dist/es/reader/index.js";

const { BinaryBitmap, DecodeHintType, HybridBinarizer, QRCodeReader, RGBLuminanceSource } = globalThis.ZXing;
const SIDE = 560; // what static/js/gate.js hands its worker
const zxing = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryInvert: false };
await prepareZXingModule({
  overrides: { locateFile: (name) => `/npm/zxing-wasm/dist/reader/${name}` },
  fireImmediately: true,
});

function ours(image, effort, timeLimit) {
  return decodeQR(image, { effort, timeLimit });
}

const worker = new Worker("/static/js/gate-worker.js");

function gate(image) {
  return new Promise((done) => {
    worker.onmessage = ({ data }) => done(data);
    worker.postMessage(image);
  });
}

async function wasm(image, more) {
  const [found] = await readBarcodes(image, { ...zxing, ...more });
  return found?.text ?? "";
}

function port(image) {
  const grey = new Uint8ClampedArray(image.width * image.height);
  for (let at = 0; at < grey.length; at++) grey[at] = image.data[at * 4];
  const source = new RGBLuminanceSource(grey, image.width, image.height);
  const hints = new Map([[DecodeHintType.TRY_HARDER, true]]);
  return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)), hints).getText();
}

const WAYS = {
  "qr, 560": ({ small }) => ours(small, 2, 60),
  "qr, 560, every retry": ({ small }) => ours(small, Infinity, Infinity),
  "qr, 960": ({ large }) => ours(large, 2, 60),
  "qr, 960, every retry": ({ large }) => ours(large, Infinity, Infinity),
  "qr, middle 560 of 960": ({ near }) => ours(near, 2, 60),
  "gate-worker.js, 560": ({ small }) => gate(small),
  "gate-worker.js, 960": ({ large }) => gate(large),
  "zxing-wasm, 560": ({ small }) => wasm(small),
  "zxing-wasm, 560, denoised": ({ small }) => wasm(small, { tryDenoise: true }),
  "zxing-wasm, 960": ({ large }) => wasm(large),
  "zxing-wasm, 960, denoised": ({ large }) => wasm(large, { tryDenoise: true }),
  "jsQR, 560": ({ small }) => jsQR(small.data, SIDE, SIDE, { inversionAttempts: "dontInvert" })?.data,
  "jsQR, 960": ({ large }) => jsQR(large.data, 960, 960, { inversionAttempts: "dontInvert" })?.data,
  "@zxing/library, 560": ({ small }) => port(small),
  "@zxing/library, 960": ({ large }) => port(large),
};
if ("BarcodeDetector" in globalThis && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  WAYS["BarcodeDetector, 960"] = async ({ large }) => (await detector.detect(large))[0]?.rawValue;
}

const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

function cut(picture, side, to) {
  canvas.canvas.width = canvas.canvas.height = to;
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  canvas.drawImage(picture, left, top, side, side, 0, 0, to, to);
  return canvas.getImageData(0, 0, to, to);
}

globalThis.measure = async (address) => {
  const picture = await createImageBitmap(await (await fetch(address)).blob());
  const whole = Math.min(picture.width, picture.height);
  const images = { small: cut(picture, whole, SIDE), large: cut(picture, whole, whole), near: cut(picture, SIDE, SIDE) };
  const told = {};
  for (const [name, read] of Object.entries(WAYS)) {
    const begun = performance.now();
    let text = "";
    try {
      text = (await read(images)) || "";
    } catch {
      // none here
    }
    told[name] = { text, took: performance.now() - begun };
  }
  return told;
};
