// Words that were not found, held against the words that can be: loaded only when a search found nothing like them.

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "");
let list; // [word, word without dots], the most used first

async function words(address) {
  list ??= fetch(address).then(async (answer) => {
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return (await answer.text()).split("\n").filter(Boolean).map((word) => [word, plain(word)]);
  });
  list.catch(() => (list = null));
  return list;
}

/** How many letters must be added, taken away, exchanged or swapped with their neighbour; gives up above `most`. */
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
}

function common(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** The known word nearest to one that is not: differently inflected, misspelt, or a word it is a part of. */
function nearest(word, known) {
  const most = word.length < 4 ? 0 : word.length < 6 ? 1 : word.length < 10 ? 2 : 3;
  let best = [Infinity, ""];
  for (const [form, folded] of known) {
    const alike = common(word, folded);
    const rest = Math.max(word.length, folded.length) - alike;
    const inflected = alike >= 5 && alike * 2 > word.length && rest <= 4;
    let cost = distance(word, folded, most);
    if (cost > most || (cost > 1 && word.length < 10 && word[0] !== folded[0])) cost = inflected ? most + 0.5 : Infinity;
    if (cost === Infinity && word.length > 3 && folded.includes(word)) cost = most + 1;
    cost -= Math.min(alike, 19) / 100;
    if (cost < best[0]) best = [cost, form];
  }
  return best[1];
}

/** The words of a search with the missed ones mended; one that is like nothing known is left out. */
export async function mend(said, missed, address) {
  const known = await words(address);
  return said.flatMap((word) => {
    const folded = plain(word);
    if (!missed.includes(word) || known.some(([, other]) => other.startsWith(folded))) return [word];
    return nearest(folded, known) || [];
  });
}
