importScripts("../vendor/qr/decode.js");

onmessage = ({ data: image }) => {
  let text = "";
  try {
    text = decodeQR(image, { effort: 2, timeLimit: 60 });
  } catch {
    // none here
  }
  postMessage(text);
};
