// Searches the kept guide without a line. Words are folded by the server's own rules
// (content/searching/words.py), which come with the index.

const WHOLE = 100, OF_A_STEM = 85, BEGINNING = 80, ONE_SLIP = 60;
const MOST_FOUND = 40;
const SHORTEST_MISSPELT = 4;
const LONGEST_ENDING = 3;

// Rows of what the query means, best first: {rows, total, complete}; null where no guide is kept.
export async function searchKept(query, language, path) {
  const name = `quaymark-guide-${language}`;
  if (!(await caches.has(name))) return null;
  const kept = await (await caches.open(name)).match(path);
  if (!kept) return null;
  const { spelling, things } = await kept.json();
  const wanted = wordsOfQuery(query, spelling);
  const hits = things.map((thing) => ({
    thing,
    scores: wanted.map((meant, at) => best(meant, thing.words, at === wanted.length - 1)),
  }));
  const most = Math.max(0, ...hits.map(found));
  const ranked = hits.filter((hit) => most > 0 && found(hit) === most).sort((one, other) => total(other) - total(one));
  return {
    rows: ranked.slice(0, MOST_FOUND).map((hit) => hit.thing.row),
    total: ranked.length,
    complete: ranked.length > 0 && ranked[0].scores.every((score) => score.sure > ONE_SLIP),
  };
}

function found(hit) {
  return hit.scores.filter((score) => score.sure > 0).length;
}

function total(hit) {
  return hit.scores.reduce((sum, score) => sum + score.points, 0);
}

// How well one word of the query, in any of its meanings, fits the words of a thing.
function best(meant, words, unfinished) {
  let most = { points: 0, sure: 0 };
  for (const [word, weight] of Object.entries(words)) {
    for (const typed of meant) {
      const sure = nearness(typed, word, unfinished);
      if (weight * sure > most.points) most = { points: weight * sure, sure };
    }
  }
  return most;
}

function nearness(typed, word, unfinished) {
  if (typed === word) return WHOLE;
  if (unfinished && typed.length >= 2 && word.startsWith(typed)) return BEGINNING;
  if (Math.min(typed.length, word.length) < SHORTEST_MISSPELT || !/^\p{L}+$/u.test(typed)) return 0;
  if (typed.startsWith(word) && typed.length - word.length <= LONGEST_ENDING) return OF_A_STEM;
  return oneSlip(typed, word) ? ONE_SLIP : 0;
}

// Whether one letter was changed, added, left out, or swapped with its neighbour.
function oneSlip(one, other) {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const rest = one.slice(start), otherRest = other.slice(start);
  return (
    rest.slice(1) === otherRest.slice(1) ||
    rest.slice(1) === otherRest ||
    rest === otherRest.slice(1) ||
    (rest.slice(2) === otherRest.slice(2) && rest[0] === otherRest[1] && rest[1] === otherRest[0])
  );
}

export function fold(text, spelling) {
  const decomposed = text.toLowerCase().replaceAll("ß", "ss").replaceAll("\0", " ").normalize("NFKD");
  // A letter of its own in Russian, whose endings are told by it.
  const plain = decomposed.replaceAll("и\u0306", "\u0439").replace(/\p{Mn}/gu, "");
  // The digits of Arabic and of Persian stand in rows that begin with their zero.
  const latin = plain.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));
  return [...latin].map((letter) => spelling.spellings[letter] ?? letter).join("");
}

export function wordsOf(text, spelling) {
  let rest = fold(text, spelling);
  const words = [];
  for (const [pattern, prefix] of spelling.numbers) {
    const number = new RegExp(pattern, "gu");
    for (const match of rest.matchAll(number)) words.push(prefix + match.slice(1).filter(Boolean).join(""));
    rest = rest.replace(number, " ");
  }
  for (const [token] of rest.matchAll(new RegExp(spelling.token, "gu"))) {
    if (new RegExp(`^${spelling.chinese}`, "u").test(token)) words.push(...pairs(token));
    else words.push(withoutArticle(token.slice(0, spelling.longestWord), spelling.articles));
  }
  const once = [...new Set(words)];
  const telling = once.filter((word) => !spelling.joining.includes(word));
  return telling.length ? telling : once;
}

// For each word of the query, what it may mean. A customs code is one word.
function wordsOfQuery(query, spelling) {
  const text = query.slice(0, spelling.longestQuery);
  const folded = fold(text, spelling).trim();
  if (new RegExp(`^(?:${spelling.code})$`, "u").test(folded)) {
    const digits = folded.replace(/[^0-9]/g, "").slice(0, 6);
    const even = digits.slice(0, digits.length - (digits.length % 2));
    // "22" may be a chapter, and the number of a refrigerant.
    return [[`hs${even}`, even]];
  }
  return wordsOf(text, spelling)
    .slice(0, spelling.mostWords)
    .map((word) => [word]);
}

function pairs(token) {
  const letters = [...token];
  return letters.length === 1 ? letters : letters.slice(1).map((letter, at) => letters[at] + letter);
}

function withoutArticle(word, articles) {
  const article = articles.find((one) => word.startsWith(one) && word.length - one.length >= 3);
  return article ? word.slice(article.length) : word;
}
