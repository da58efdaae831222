// Which of an event's names are meant by what was typed: docs/gate.md, "Names". Nothing is kept here. Browsers and node.
// A row is [short code, masked name, end of the phone, "kind serial", booth, state], what is empty at its end left out.

/** Whether `typed` may be this name: a part of it, or its beginning, whatever stands behind the stars. */
const named = (name, typed) => {
  const letters = [...name];
  const wanted = [...typed];
  const begins = wanted.length <= letters.length && wanted.every((letter, at) => [letter, "*"].includes(letters[at]));
  return begins || name.includes(typed);
};

/** Whether a word is about this row: the name, a phone's last digits (two or more), or the booth. */
const about = ([, name, tail = "", , booth], word) =>
  named(name.toLowerCase(), word) || (tail && word.length > 1 && /^\d+$/.test(word) && word.endsWith(tail)) || booth === word;

/** The rows that every word of `typed` is about: those that have it to the letter first; none for nothing. */
export function matches(rows, typed) {
  const words = typed.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const rank = (name) => 2 * !name.includes(words[0]) + !name.startsWith([...words[0]][0]);
  const order = ([, name, tail]) => `${rank(name.toLowerCase())} ${name} ${tail}`;
  const found = rows.filter((row) => words.every((word) => about(row, word))).map((row) => [order(row), row]);
  return found.sort(([a], [b]) => (a < b ? -1 : +(a > b))).map(([, row]) => row);
}

/** The verdict on the ticket of a row, as tokens.judge gives it: the list, which is newer, knows of revocations. */
export const verdict = ([, name, , who, booth = "", state = ""], { revoked }) => ({
  kind: revoked[who] ?? (state || "counted"),
  who,
  name,
  booth,
});

/** Rows with the newer ones of a later list, without those it revokes. */
export const merged = (old, newer, revoked) =>
  [...new Map([...old, ...newer].map((row) => [row[0], row])).values()].filter(([, , , who]) => !(who in revoked));
