// Looks for a QR in one picture at a time, beside the page so that it never stutters.
importScripts("../vendor/qr/decode.js");

onmessage = ({ data: image }) => {
  let text = "";
  try {
    text = decodeQR(image, { effort: 2, timeLimit: 60 });
  } catch {
    // no code in this picture
  }
  postMessage(text);
};
