"use strict";
// Searches a site's checks in the reader's browser, in files of the site's own (publish/search_index.py). theme.js
// puts the box there and fetches this once a reader goes to it; without scripts there are the lists. Whatever is shown is
// put in as text.
const factdeskSearch = (() => {
  // ---- Words, as factdesk.text.fold, text.stem and publish.search_terms make them.
  const SPECIAL = new Map(Object.entries({
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th",
    "ə": "a", "ß": "ss", "ς": "σ", "ʼ": "'", "ʻ": "'", "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'",
    "´": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "‐": "-", "‑": "-", "‒": "-",
    "–": "-", "—": "-", "―": "-", "−": "-",
  }));
  const MARKS = /[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]+/g;
  const INVISIBLE = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]+/g;
  const UNSPACED = "\u0e00-\u0e3a\u0e40-\u0e4e\u0e80-\u0ece\u1780-\u17d3\u1000-\u109f\u3005-\u3007\u3041-\u309f" +
    "\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3\u{20000}-\u{3134f}";
  const RUN = new RegExp(`(?:[${UNSPACED}]\\p{M}*)+`, "uy");
  const WORD = new RegExp(`(?:(?![${UNSPACED}])[\\p{L}\\p{N}]\\p{M}*)+`, "uy");
  const GROUPED = /[1-9][0-9]{0,2}(?:([.,'\u2019\u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*(?![0-9]|[.,][0-9])/y;
  const DECIMAL = /[0-9]+[.,][0-9]+(?![0-9]|[.,][0-9])/y;
  const LONGEST = 64, LETTERS = 6;

  const cut = (word, most) => word.length > most ? [...word].slice(0, most).join("") : word;
  const folded = text => text.normalize("NFKD").toLowerCase().replace(INVISIBLE, "").normalize("NFKD")
    .replace(MARKS, "").replace(/[^\x00-\x5f\x61-\x7f]/gu, sign => SPECIAL.get(sign) ?? sign);
  const fold = text => folded(folded(text)).normalize("NFC");

  function at(pattern, text, place) {
    pattern.lastIndex = place;
    return pattern.exec(text)?.[0];
  }

  function exactTerms(raw) {
    const text = raw.replace(INVISIBLE, "").normalize("NFC").toLowerCase(), found = [];
    for (let place = 0; place < text.length;) {
      const run = at(RUN, text, place);
      const inNumber = place > 0 && /[\p{Nd}.,]/u.test(text[place - 1]);
      const number = run || inNumber ? undefined : at(GROUPED, text, place);
      const token = run ?? number ?? (inNumber ? undefined : at(DECIMAL, text, place)) ?? at(WORD, text, place);
      if (run) {
        const units = run.match(/.\p{M}*/gsu);
        found.push(...(units.length > 1 ? units.slice(1).map((unit, before) => units[before] + unit) : units));
      } else if (token) {
        found.push(cut(number ? number.replace(/[^0-9]/g, "") : token.replace(",", "."), LONGEST));
      }
      place += token ? token.length : text.codePointAt(place) > 0xffff ? 2 : 1;
    }
    return found;
  }

  function plural(word) {
    if (!word.endsWith("s") || /(?:ss|us|is)$/.test(word)) return word;
    if (word.endsWith("ies") && word.length > 4 && !/[ea]ies$/.test(word)) return word.slice(0, -3) + "y";
    return word.slice(0, /(?:xes|ches|shes|sses|zes)$/.test(word) ? -2 : -1);
  }

  function withoutE(word) {
    if (word.length > 3 && word.endsWith("e")) return word.slice(0, -1);
    return word.length > 3 && word.endsWith("y") ? word.slice(0, -1) + "i" : word;
  }

  function verb(word) {
    const base = /^(.{3,})(?:ing|ed)$/.exec(word)?.[1];
    if (!base || !/[aeiouy]/.test(base) || base.endsWith("e")) return word;
    return withoutE(/([^lszaeiouy])\1$/.test(base) ? base.slice(0, -1) : base);
  }

  function stem(word) {
    if (/[^\x00-\x7f]/.test(word)) return /^\p{L}+$/u.test(word) ? cut(word, LETTERS) : word;
    return /^[a-z]{4,}$/.test(word) ? withoutE(verb(plural(word))).slice(0, LETTERS) : word;
  }

  const parts = token => fold(token).split(/[\s'"/-]+/).filter(Boolean);
  const syllable = part => cut(part, LONGEST).replace(/^([hklmst]|qu)y$/, "$1i");
  const terms = (text, language) => exactTerms(text).flatMap(parts)
    .map(part => language === "vi" ? syllable(part) : cut(stem(part), LONGEST));

  // ---- The index.
  const SIGNS = Array.from({ length: 94 }, (_, sign) => String.fromCharCode(33 + sign)).join("").replace(/["\\]/g, "");
  const BASE = SIGNS.length / 2, BLOCK = 16;
  const SPREAD = 24;  // shards that one beginning of a word may take; what has more is searched as a whole word
  const WORTH = [1, 1.5, 4, 7];  // of a term by its weight

  function decoded(postings) {
    const found = [];
    let start = 0, value = 0, unit = 1;
    for (const sign of postings) {
      const digit = SIGNS.indexOf(sign);
      if (digit >= BASE) {
        value += (digit - BASE) * unit;
        unit *= BASE;
      } else {
        found.push(start + value + digit * unit);
        start = (Math.floor(found[found.length - 1] / 4) + 1) * 4;
        value = 0;
        unit = 1;
      }
    }
    return found;
  }

  class Index {
    constructor(root, language) {
      this.folder = `${root}search/${language}/`;
      this.files = new Map();
    }

    read(name) {
      if (!this.files.has(name)) {
        // What was kept from before the site changed is asked for again: parts of two indexes do not fit together.
        const reading = fetch(this.folder + name, { cache: "no-cache" }).then(answer => {
          if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
          return answer.json();
        }).then(read => new Map(Object.entries(read)));
        reading.catch(() => this.files.delete(name));
        this.files.set(name, reading);
      }
      return this.files.get(name);
    }

    async open() {
      const head = await this.read("index.json");
      this.count = head.get("count");
      this.firsts = head.get("first");
      return this;
    }

    place(term) {
      let low = 0, high = this.firsts.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (this.firsts[middle] <= term) low = middle; else high = middle;
      }
      return low;
    }

    shard(place) {
      return this.read(`t-${this.firsts[place].replaceAll(" ", "_")}.json`);
    }

    async postings(term) {
      return decoded((await this.shard(this.place(term))).get(term) ?? "");
    }

    // The terms that begin so, with their postings; null where they are spread over too many files.
    async beginning(start) {
      const first = this.place(start);
      let last = first;
      while (this.firsts[last + 1]?.startsWith(start)) last++;
      if (start.length < 2 || last - first >= SPREAD) return null;
      const shards = await Promise.all(this.firsts.slice(first, last + 1).map((_, more) => this.shard(first + more)));
      return shards.flatMap(shard => [...shard]).filter(([term]) => term.startsWith(start));
    }

    async row(number) {
      return (await this.read(`d-${Math.floor(number / BLOCK)}.json`)).get(String(number));
    }
  }

  // ---- What a query finds.
  const MOST_WORDS = 20, LOOKED_AT = 20;
  const rarity = (count, all) => Math.log(1 + (all - count + 0.5) / (count + 0.5));

  // Checks with what they gain by a term, the most of each.
  function put(gains, values, factor) {
    for (const value of values) {
      const number = Math.floor(value / 4), gain = factor * WORTH[value % 4];
      if (gain > (gains.get(number) ?? 0)) gains.set(number, gain);
    }
  }

  // A word that is not there may be two written as one: "vacxin".
  async function divided(index, word) {
    const places = [...word].map((_, place) => place).filter(place => place >= 2 && place <= word.length - 2);
    const pairs = places.map(place => index.postings(`${word.slice(0, place)} ${word.slice(place)}`));
    return (await Promise.all(pairs)).sort((one, other) => other.length - one.length)[0] ?? [];
  }

  // What checks gain by a word, of which `start` was typed so far; null for one that is not much of a word yet.
  async function gainsOf(index, word, start) {
    const gains = new Map(), exact = await index.postings(word);
    put(gains, exact, rarity(exact.length, index.count));
    const others = start ? await index.beginning(start) : [];
    if (others === null) return gains.size ? gains : null;
    const begun = others.filter(([term]) => term !== word && !term.includes(" "))
      .flatMap(([, postings]) => decoded(postings));
    put(gains, begun, 0.6 * rarity(Math.min(begun.length + exact.length, index.count), index.count));
    if (gains.size === 0) {
      const values = await divided(index, word);
      put(gains, values, rarity(values.length, index.count));
    }
    return gains;
  }

  // Two neighbours: side by side they gain more, and written as one they are both there.
  async function besides(index, one, other, gains, next) {
    const [pair, joined] = await Promise.all([index.postings(`${one} ${other}`), index.postings(one + other)]);
    const beside = new Map();
    put(beside, pair, rarity(pair.length, index.count));
    for (const each of [gains, next]) put(each, joined, rarity(joined.length, index.count) / 2);
    return beside;
  }

  // The checks that have every word, else those that have the most of them and at least half: [number, score] each.
  async function ranked(index, text, language) {
    const words = terms(text, language).slice(0, MOST_WORDS);
    const typed = exactTerms(text).flatMap(parts).pop() ?? "";
    const open = /[\p{L}\p{N}\p{M}]$/u.test(text) && words.length < MOST_WORDS;
    const start = language === "vi" ? typed : cut(typed, LETTERS);
    const gains = await Promise.all(words.map((word, place) =>
      gainsOf(index, word, open && place === words.length - 1 ? start : "")));
    const early = gains[gains.length - 1] === null && words.length === 1;
    if (gains[gains.length - 1] === null) {
      gains.pop();
      words.pop();
    }
    const beside = await Promise.all(words.slice(1).map((word, before) =>
      besides(index, words[before], word, gains[before], gains[before + 1])));
    const scores = new Map(), had = new Map();
    for (const each of gains) {
      for (const [number, gain] of each) {
        scores.set(number, (scores.get(number) ?? 0) + gain);
        had.set(number, (had.get(number) ?? 0) + 1);
      }
    }
    for (const each of beside)
      for (const [number, gain] of each) scores.set(number, (scores.get(number) ?? 0) + gain);
    const most = Math.max(0, ...new Set(had.values()));
    const kept = [...scores].filter(([number]) => had.get(number) === most && most * 2 >= words.length);
    kept.sort(([one, score], [other, than]) => than - score || other - one);
    return { words, some: most < words.length, early, kept };
  }

  // How much more a title is worth that says what was typed: as one phrase, with the marks that were typed, alone.
  function likeness(title, text, words, language) {
    const titled = terms(title, language), said = ` ${titled.join(" ")} `;
    const phrase = said.includes(` ${words.join(" ")} `) || said.includes(` ${words.join(" ")}`) ? 1.3 : 1;
    const marked = exactTerms(title).join(" ").includes(exactTerms(text).join(" ")) ? 1.2 : 1;
    return phrase * marked * (1 + 0.2 * Math.min(words.length / Math.max(titled.length, 1), 1));
  }

  async function search(index, text, language) {
    const { words, some, early, kept } = await ranked(index, text, language);
    const best = await Promise.all(kept.slice(0, LOOKED_AT).map(async ([number, score]) => {
      const row = await index.row(number);
      return [number, row ? score * likeness(row[1], text, words, language) : 0];
    }));
    best.sort(([one, score], [other, than]) => than - score || other - one);
    return { some, early, numbers: [...best, ...kept.slice(LOOKED_AT)].map(([number]) => number) };
  }

  // ---- The box.
  const SHOWN = 10, WAIT = 120;
  const TONES = new Set(["low", "mid", "high", "none"]);

  function made(name, attributes = {}, text = "") {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.textContent = text;
    return node;
  }

  function shownDay(day, language) {
    const time = new Date(`${day}T00:00:00Z`);
    if (Number.isNaN(time.getTime())) return day;
    const how = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    return time.toLocaleDateString(language === "en" ? "en-GB" : language, how);
  }

  function entry([path, title, day, rating, tone], root, language) {
    const item = made("li");
    if (rating) item.append(made("span", { class: `chip ${TONES.has(tone) ? tone : "none"}` }, rating));
    const name = made("p", { class: "title" });
    name.append(made("a", { href: root + path.replace(/^\/+/, "") }, title));
    const meta = made("p", { class: "meta" });
    meta.append(made("time", { datetime: day }, shownDay(day, language)));
    item.append(name, meta);
    return item;
  }

  function box(place) {
    const said = place.dataset, language = document.documentElement.lang, root = said.root;
    const form = place.querySelector("form"), input = form.querySelector("input"), status = place.querySelector("p");
    const list = made("ol", { class: "checks found" });
    const more = made("button", { type: "button", class: "button" }, said.more);
    const index = new Index(root, language);
    let opened, turn = 0, timer = 0, left = [];

    const open = () => {
      opened ??= index.open();
      opened.catch(() => { opened = undefined; });
      return opened;
    };

    function clear(text = "") {
      list.replaceChildren();
      list.remove();
      more.remove();
      status.textContent = text;
    }

    function fail() {
      clear(`${said.failed} `);
      status.append(made("a", { href: said.all }, said.listed));
    }

    async function show(mine) {
      const rows = await Promise.all(left.splice(0, SHOWN).map(number => index.row(number)));
      if (mine !== turn) return;
      list.append(...rows.filter(Boolean).map(row => entry(row, root, language)));
      if (list.children.length) status.after(list);
      if (left.length) list.after(more); else more.remove();
    }

    function tell(some, count) {
      if (count === 0) return said.none;
      return (some ? said.some : count === 1 ? said.one : said.many).replace("{count}", String(count));
    }

    function keep(text) {
      if (!location.protocol.startsWith("http")) return;
      const url = new URL(location.href);
      if (text) url.searchParams.set("q", text); else url.searchParams.delete("q");
      history.replaceState(history.state, "", url);
    }

    async function run() {
      const mine = ++turn, text = input.value.slice(0, 200), asked = text.trim();
      clearTimeout(timer);
      keep(asked);
      delete said.found;
      if (!asked) return clear();
      try {
        // A browser lets no page read files beside it that was itself opened as a file.
        if (location.protocol === "file:") throw new Error("no server");
        const { some, early, numbers } = await search(await open(), text, language);
        if (mine !== turn) return;
        clear(early ? "" : tell(some, numbers.length));
        left = numbers;
        await show(mine);
      } catch {
        if (mine === turn) fail();
      }
      if (mine === turn) said.found = asked;
    }

    const links = () => [...list.querySelectorAll("a")];
    if (location.protocol !== "file:") open().catch(() => {});
    input.addEventListener("input", () => {
      clearTimeout(timer);
      delete said.found;
      timer = setTimeout(run, WAIT);
    });
    form.addEventListener("submit", event => {
      event.preventDefault();
      run();
    });
    more.addEventListener("click", async () => {
      const before = links().length;
      await show(turn).catch(fail);
      links()[before]?.focus();
    });
    place.addEventListener("keydown", event => {
      if (event.isComposing) return;
      const all = links(), here = all.indexOf(document.activeElement), typing = document.activeElement === input;
      if (event.key === "Escape" && typing && input.value) {
        input.value = "";
        run();
      } else if (event.key === "Escape" && !typing) {
        input.focus();
      } else if (event.key === "ArrowDown" && (typing || here >= 0) && here + 1 < all.length) {
        all[here + 1].focus();
      } else if (event.key === "ArrowUp" && here >= 0) {
        (all[here - 1] ?? input).focus();
      } else {
        return;
      }
      event.preventDefault();
    });
    // What was typed while this script was on its way, else what the link asks for.
    input.value ||= (new URLSearchParams(location.search).get("q") ?? "").slice(0, 200);
    if (input.value) run();
  }

  const place = typeof document === "undefined" ? null : document.getElementById("search");
  if (place) box(place);
  return { fold, terms, decoded, Index, search };
})();
