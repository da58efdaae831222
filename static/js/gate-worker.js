importScripts("../vendor/qr/decode.js");

function spread({ data }) {
  const some = [];
  for (let at = 1; at < data.length; at += 244) some.push(data[at]);
  some.sort((a, b) => a - b);
  const low = some[(some.length * 0.01) | 0];
  const wide = some[(some.length * 0.99) | 0] - low || 1;
  for (let at = 0; at < data.length; at += 4)
    data[at] = data[at + 1] = data[at + 2] = ((data[at + 1] - low) * 255) / wide;
}

onmessage = ({ data: image }) => {
  let text = "";
  try {
    spread(image);
    text = decodeQR(image, { effort: 2, timeLimit: 60 });
  } catch {
    // none here
  }
  postMessage(text);
};
