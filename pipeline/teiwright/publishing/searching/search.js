// The search of an edition that no server answers: files of data are read as scripts, so that it works from a disk, too.
// How words are folded and places are written is said in teiwright's `publishing/searching/`.
"use strict";
(() => {
  const INDEX_BYTES = 120_000; // that one step may read of the index,
  const TEXT_FILES = 10; // and so many files of text, of about 12 kB each
  const STEP = 8; // documents shown at a time
  const PASSAGES = 3; // of a document, until more are wanted
  const PREFIX_WORDS = 60, PREFIX_SHARDS = 3; // that a `word*` may stand for
  const LONGEST = 64;

  // ---- Words, as words.py has them.

  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u2e80-\\u2fdf\\u3005-\\u3007" +
    "\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const WORD = new RegExp(`(?=[\\p{L}\\p{N}])[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, "gu");
  const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ł": "l", "þ": "th", "ı": "i", "ς": "σ" };

  const fold = text => text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").toLowerCase()
    .replace(/[ßæœøđðħłþıς]/g, letter => LETTERS[letter]).normalize("NFC");
  const cut = word => word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word;
  const words = text => (fold(text).match(WORD) || []).map(cut);

  /** Where each word of a text begins and ends in it. */
  function placesOfWords(text) {
    let folded = "";
    const starts = [], ends = [];
    for (const found of text.matchAll(/\P{M}[\p{M}\p{Cf}]*|\p{M}+/gu)) {
      const part = fold(found[0]);
      folded += part;
      for (let i = 0; i < part.length; i++) {
        starts.push(found.index);
        ends.push(found.index + found[0].length);
      }
    }
    return Array.from(folded.matchAll(WORD), m => [starts[m.index], ends[m.index + m[0].length - 1]]);
  }

  // ---- Files of data.

  const ENOUGH = new Error("enough for one step");
  const base = new URL("data/", document.currentScript.src).href;
  const asked = new Map(), answers = new Map();
  let left = 0;

  globalThis.teiwright = (name, value) => answers.set(name, value);

  function load(name) {
    if (!asked.has(name)) {
      asked.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.onload = () => answers.has(name) ? done(answers.get(name)) : failed(new Error(name));
        script.onerror = () => { asked.delete(name); failed(new Error(name)); };
        script.src = `${base}${name}.js`;
        document.head.append(script);
      }));
    }
    return asked.get(name);
  }

  /** A file of the index, if this step may still read one. */
  async function indexFile(name) {
    const known = answers.has(name);
    if (!known && left <= 0) throw ENOUGH;
    const value = await load(name);
    if (!known) left -= new TextEncoder().encode(JSON.stringify(value)).length;
    return value;
  }

  const numbered = (kind, number, part = 0) =>
    `${kind}/${String(Math.floor(number / 1000)).padStart(3, "0")}/${String(number).padStart(6, "0")}${part ? `-${part}` : ""}`;

  // ---- Numbers, as numbers.py writes them.

  function numbers(codes) {
    const found = [];
    let number = 0, weight = 1;
    for (let i = 0; i < codes.length; i++) {
      const code = codes.charCodeAt(i), digit = code - (code > 92 ? 36 : 35);
      number += weight * digit;
      if (digit < 60) {
        found.push(number);
        number = 0;
        weight = 1;
      } else {
        weight *= 31;
      }
    }
    return found;
  }

  // ---- Streams of documents, each found from a document on: {document, passages: Map of passage to [[place, length]]}.

  class Stream {
    /** The first document from `from` on, or null. */
    async next(from) {
      const known = this.known;
      if (known && known.from <= from && (known.found === null || known.found.document >= from)) return known.found;
      const found = await this.find(from);
      this.known = { from, found };
      return found;
    }
  }

  const NOTHING = Object.assign(new Stream(), { weight: 0, find: async () => null });

  /** One word. Its places are in its shard, or in files of their own. */
  class Term extends Stream {
    constructor(entry) {
      super();
      const whole = typeof entry === "string";
      this.leaves = whole ? [{ first: 0, codes: entry }] : entry[2].map((first, i) => ({ first, file: entry[1] + i }));
      this.count = whole ? null : entry[0];
      this.weight = whole ? entry.length : 12_000 * this.leaves.length;
    }

    async read(leaf) {
      if (!leaf.documents) {
        const found = numbers(leaf.codes ?? await indexFile(numbered("lists", leaf.file)));
        leaf.documents = [];
        leaf.numbers = found;
        for (let i = 0, document = leaf.first; i < found.length; i += 2 + 2 * found[i + 1]) {
          document += found[i];
          leaf.documents.push([document, i]);
        }
      }
      return leaf;
    }

    async find(from) {
      let at = this.leaves.length - 1;
      while (at > 0 && this.leaves[at].first > from) at--;
      for (; at < this.leaves.length; at++) {
        const leaf = await this.read(this.leaves[at]);
        const found = leaf.documents.find(([document]) => document >= from);
        if (found) return { document: found[0], passages: this.passages(leaf.numbers, found[1]) };
      }
      return null;
    }

    passages(found, start) {
      const passages = new Map();
      let passage = 0, place = 0;
      for (let i = start + 2, end = i + 2 * found[start + 1]; i < end; i += 2) {
        place = found[i] ? found[i + 1] : place + found[i + 1];
        passage += found[i];
        if (!passages.has(passage)) passages.set(passage, []);
        passages.get(passage).push([place, 1]);
      }
      return passages;
    }
  }

  /** What any of several streams has. */
  class Any extends Stream {
    constructor(streams) {
      super();
      this.streams = streams;
      this.weight = streams.reduce((sum, stream) => sum + stream.weight, 0);
    }

    async find(from) {
      const found = [];
      for (const stream of this.streams) found.push(await stream.next(from));
      const documents = found.filter(one => one).map(one => one.document);
      if (!documents.length) return null;
      const document = Math.min(...documents), passages = new Map();
      for (const one of found) {
        if (one?.document === document) {
          for (const [passage, places] of one.passages) {
            passages.set(passage, [...(passages.get(passage) ?? []), ...places].sort((a, b) => a[0] - b[0]));
          }
        }
      }
      return { document, passages };
    }
  }

  /** The documents that all of several streams have, if `fit` makes passages of what each found there. */
  class All extends Stream {
    constructor(streams, fit) {
      super();
      this.streams = streams;
      this.order = [...streams].sort((a, b) => a.weight - b.weight);
      this.fit = fit;
      this.weight = this.order[0].weight;
      this.count = streams.length === 1 ? streams[0].count : null;
    }

    async find(from) {
      for (;;) {
        const document = await this.common(from);
        if (document === null) return null;
        const found = [];
        for (const stream of this.streams) found.push((await stream.next(document)).passages);
        const passages = this.fit(found);
        if (passages) return { document, passages };
        from = document + 1;
      }
    }

    async common(from) {
      for (let agreed = 0; agreed < this.order.length;) {
        const found = await this.order[agreed].next(from);
        if (!found) return null;
        agreed = found.document === from ? agreed + 1 : Number(agreed === 0);
        from = found.document;
      }
      return from;
    }
  }

  /** Words that follow one another in a passage. */
  function inSequence(found) {
    const passages = new Map();
    for (const [passage, places] of found[0]) {
      const others = found.slice(1).map(one => new Set((one.get(passage) ?? []).map(([place]) => place)));
      const starts = places.filter(([place]) => others.every((other, i) => other.has(place + i + 1)));
      if (starts.length) passages.set(passage, starts.map(([place]) => [place, found.length]));
    }
    return passages.size ? passages : null;
  }

  const merged = (found, passage) =>
    found.flatMap(one => one.get(passage) ?? []).sort((a, b) => a[0] - b[0]);

  /** Passages that have all that is sought. */
  function inOnePassage(found) {
    const common = [...found[0].keys()].filter(passage => found.every(one => one.has(passage)));
    return common.length ? new Map(common.map(passage => [passage, merged(found, passage)])) : null;
  }

  /** Passages that have any of it, those with the most first. */
  function inOneDocument(found) {
    const counts = new Map();
    for (const one of found) for (const passage of one.keys()) counts.set(passage, (counts.get(passage) ?? 0) + 1);
    const passages = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return new Map(passages.map(([passage]) => [passage, merged(found, passage)]));
  }

  // ---- From what the reader wrote to streams.

  /** In the order of code points, which is not that of JavaScript's strings. */
  function before(one, other) {
    const a = [...one], b = [...other];
    for (let i = 0; i < a.length && i < b.length; i++) {
      if (a[i] !== b[i]) return a[i].codePointAt(0) < b[i].codePointAt(0);
    }
    return a.length < b.length;
  }

  function shardOf(start, term) {
    let low = 0, high = start.firsts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (before(term, start.firsts[middle])) high = middle - 1; else low = middle;
    }
    return low;
  }

  async function termStream(start, term) {
    const shard = await indexFile(numbered("words", shardOf(start, term)));
    for (let i = 0; i < shard.length; i += 2) if (shard[i] === term) return new Term(shard[i + 1]);
    return NOTHING;
  }

  async function prefixStream(start, prefix, said) {
    const first = shardOf(start, prefix), found = [];
    let more = false;
    for (let at = first; at < start.firsts.length && !more; at++) {
      if (at > first && !start.firsts[at].startsWith(prefix)) break;
      more = at - first >= PREFIX_SHARDS;
      const shard = more ? [] : await indexFile(numbered("words", at));
      for (let i = 0; i < shard.length; i += 2) if (shard[i].startsWith(prefix)) found.push(new Term(shard[i + 1]));
    }
    found.sort((a, b) => b.weight - a.weight);
    const chosen = found.slice(0, PREFIX_WORDS);
    if (more || chosen.length < found.length) said.push(`Only the ${chosen.length} commonest words that begin with “${prefix}” were sought.`);
    return chosen.length ? new Any(chosen) : NOTHING;
  }

  /** `word`, `begin*`, `"words in sequence"`; what is written without a space, but is several words, is a sequence. */
  function parsed(text) {
    const parts = [];
    for (const [, ...quoted] of text.matchAll(/"([^"]*)"?|“([^”]*)”?|„([^“”]*)[“”]?|«([^»]*)»?|([^\s"“„«]+)/g)) {
      const bare = quoted[4];
      const found = words(quoted.find(one => one !== undefined));
      if (found.length) parts.push({ words: found, prefix: bare !== undefined && bare.endsWith("*") });
    }
    return parts;
  }

  async function partStream(start, part, said) {
    const streams = [];
    for (const [i, word] of part.words.entries()) {
      const last = i === part.words.length - 1;
      streams.push(await (part.prefix && last ? prefixStream(start, word, said) : termStream(start, word)));
    }
    return streams.length > 1 ? new All(streams, inSequence) : streams[0];
  }

  async function filterStreams(start, wanted) {
    const streams = [];
    for (const kind of ["person", "organization", "place", "kind"]) {
      if (wanted.get(kind)) streams.push(await termStream(start, `=${kind}:${wanted.get(kind)}`));
    }
    if (start.years && (wanted.get("from") || wanted.get("to"))) {
      const years = [];
      const first = Math.max(Number(wanted.get("from")) || 0, start.years[0]);
      const last = Math.min(Number(wanted.get("to")) || Infinity, start.years[1]);
      for (let year = first; year <= last; year++) years.push(await termStream(start, `=year:${String(year).padStart(4, "0")}`));
      streams.push(new Any(years));
    }
    return streams;
  }

  /** One stream of all that is wanted, or null if nothing is. */
  async function query(start, wanted, said) {
    const parts = [];
    for (const part of parsed(wanted.get("q") ?? "")) parts.push(await partStream(start, part, said));
    const filters = await filterStreams(start, wanted);
    if (!parts.length && !filters.length) return null;
    const fit = wanted.get("scope") === "document" ? inOneDocument : inOnePassage;
    return new All([...parts, ...filters], found => parts.length ? fit(found.slice(0, parts.length)) : new Map());
  }

  // ---- What was found, shown.

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children.filter(child => child !== null));
    return made;
  }

  const BEFORE = 90, AROUND = 320;

  /** The words around the first place, all places in them marked. */
  function snippet(text, places) {
    const known = placesOfWords(text);
    const marks = places.map(([place, length]) => [known[place]?.[0], known[place + length - 1]?.[1]]).filter(([a, b]) => b > a);
    const first = marks.length ? marks[0][0] : 0;
    let start = Math.max(0, first - BEFORE), end = Math.min(text.length, start + AROUND);
    const spaceBefore = text.lastIndexOf(" ", start), spaceAfter = text.indexOf(" ", end);
    if (start > 0) start = start - spaceBefore < 30 ? spaceBefore + 1 : start;
    if (end < text.length) end = spaceAfter >= 0 && spaceAfter - end < 30 ? spaceAfter : end;
    const shown = element("span", { dir: "auto" }, start > 0 ? "… " : "");
    let at = start;
    for (const [from, to] of marks) {
      if (from < at || to > end) continue;
      shown.append(text.slice(at, from), element("mark", { textContent: text.slice(from, to) }));
      at = to;
    }
    shown.append(text.slice(at, end), end < text.length ? " …" : "");
    return shown;
  }

  const href = (id, anchor = "") => `../${encodeURIComponent(id)}.html${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;

  function passageItem(text, [kind, anchor, page, words], places) {
    const where = [kind === "paragraph" ? "" : kind, page ? `p. ${page}` : ""].filter(one => one).join(", ") || "paragraph";
    return element("li", {}, element("a", { href: href(text.id, anchor), className: "where", lang: "en" }, where), " ", snippet(words, places));
  }

  /** Which files hold the passages of a document. */
  const partOf = (text, passage) => text.starts.findLastIndex(first => first <= passage);

  async function passageOf(text, document, passage) {
    const part = partOf(text, passage);
    const passages = part ? await load(numbered("texts", document, part)) : text.passages;
    return passages[passage - text.starts[part]];
  }

  async function documentItem(text, found) {
    const passages = [...found.passages];
    const list = element("ul", { className: "passages" });
    const add = async some => {
      for (const [passage, places] of some) list.append(passageItem(text, await passageOf(text, found.document, passage), places));
    };
    await add(passages.slice(0, PASSAGES));
    const rest = passages.slice(PASSAGES);
    const more = rest.length ? element("button", { type: "button", lang: "en" }, `${rest.length} more in this document`) : null;
    more?.addEventListener("click", async () => {
      const at = list.children.length;
      await add(rest);
      more.remove();
      list.children[at].querySelector("a").focus();
    });
    const opening = passages.length || !text.opening ? null : element("p", { className: "opening", dir: "auto" }, text.opening);
    return element("li", { lang: text.language },
      element("h2", {}, element("a", { href: href(text.id) }, text.title)),
      text.facts.length ? element("p", { className: "facts" }, text.facts.join(" · ")) : null,
      opening, passages.length ? list : null, more);
  }

  // ---- The page.

  const form = document.getElementById("search:form");
  const status = document.getElementById("search:status");
  const results = document.getElementById("search:results");
  const more = document.getElementById("search:more");
  const narrow = document.getElementById("search:narrow");
  const wanted = new URLSearchParams(location.search);

  function fillForm() {
    for (const [name, value] of wanted) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = field.value === value;
      else if (field instanceof HTMLInputElement) field.value = value;
    }
  }

  async function fillChoices() {
    const choices = await load("choices");
    for (const select of narrow.querySelectorAll("select")) {
      if (select.options.length > 1) continue;
      for (const [value, name, count] of choices[select.name]) {
        select.append(element("option", { value }, `${name} (${count})`));
      }
      const value = wanted.get(select.name) ?? "";
      if (value && !choices[select.name].some(one => one[0] === value)) select.append(element("option", { value }, value));
      select.value = value;
    }
  }

  /** The stream of all that is wanted, and what must be said of it; a long query may take more than one step's bytes. */
  async function opened(start) {
    for (;;) {
      const said = [];
      left = INDEX_BYTES;
      try {
        return { stream: await query(start, wanted, said), said };
      } catch (error) {
        if (error !== ENOUGH) throw error;
      }
    }
  }

  /** Up to a step's number of finds from `at` on, and where to go on: null if there is nothing more. */
  async function collect(stream, at) {
    const found = [];
    left = INDEX_BYTES;
    try {
      while (found.length < STEP) {
        const one = await stream.next(at);
        if (!one) return { found, next: null };
        found.push(one);
        at = one.document + 1;
      }
    } catch (error) {
      if (error !== ENOUGH) throw error;
      // What was found before is not lost; from here the next step goes on.
    }
    return { found, next: at };
  }

  /** Show what was found as far as a step may read texts; the number that was shown. */
  async function show(found) {
    const texts = await Promise.all(found.map(one => load(numbered("texts", one.document))));
    let files = texts.length;
    for (const [i, one] of found.entries()) {
      const parts = new Set([...one.passages.keys()].slice(0, PASSAGES).map(passage => partOf(texts[i], passage)));
      files += parts.size - Number(parts.has(0));
      if (i && files > TEXT_FILES) return i;
      results.append(await documentItem(texts[i], one));
    }
    return found.length;
  }

  /** How many documents there are beyond those found, as far as that is known without reading on. */
  async function counted(stream, at, count) {
    if (stream.count) return { count: stream.count, all: true };
    left = 0;
    try {
      for (let one; at !== null && (one = await stream.next(at)); at = one.document + 1) count++;
      return { count, all: true };
    } catch (error) {
      if (error !== ENOUGH) throw error;
      return { count, all: false };
    }
  }

  function told({ count, all }, said) {
    const documents = `${count.toLocaleString("en")} ${count === 1 ? "document" : "documents"}`;
    if (!count && all) return ["Nothing was found.", wanted.get("scope") ? "" : "All words must stand in one paragraph, unless you allow the whole document.", ...said].join(" ");
    return [all ? `${documents}.` : `${documents} so far; there may be more.`, ...said].join(" ");
  }

  async function run() {
    const { stream, said } = await opened(await load("start"));
    if (!stream) return;
    let at = 0, shown = 0;
    const step = async () => {
      more.hidden = true;
      status.textContent = "Searching …";
      const { found, next } = await collect(stream, at);
      const done = await show(found);
      at = done < found.length ? found[done].document : next;
      shown += done;
      const count = await counted(stream, at, shown);
      status.textContent = told(count, said);
      more.hidden = at === null || (count.all && count.count === shown);
      return done;
    };
    const guarded = () => step().catch(failed);
    more.addEventListener("click", async () => {
      const before = results.children.length;
      await guarded();
      (results.children[before]?.querySelector("a") ?? (more.hidden ? status : more)).focus();
    });
    await guarded();
  }

  function failed(error) {
    status.textContent = `The search cannot read “${error.message}”. Is the edition whole?`;
  }

  form.action = "index.html";
  form.addEventListener("formdata", event => {
    for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
  });
  document.getElementById("search:with-scripts").hidden = false;
  fillForm();
  narrow?.addEventListener("toggle", () => { if (narrow.open) fillChoices().catch(failed); });
  if (narrow && [...wanted.keys()].some(name => name !== "q" && name !== "scope")) narrow.open = true;
  run().catch(failed);
})();
