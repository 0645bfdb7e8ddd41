// The review of names: shows what is asked, and sends each answer at once.
"use strict";

const find = (id) => document.getElementById(id);
const KINDS = { persName: "person", placeName: "place" };
let state = null;   // what the server last said
let current = null; // the id of the question that is asked
let order = [];     // ids of the questions shown, in their order

function make(name, properties = {}, ...children) {
  const { data = {}, aria = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(name), rest);
  for (const [key, value] of Object.entries(data)) element.dataset[key] = value;
  for (const [key, value] of Object.entries(aria)) element.setAttribute(`aria-${key}`, value);
  element.append(...children);
  return element;
}

async function ask(path, body) {
  const sent = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    const answer = await fetch(path, sent);
    if (!answer.ok && answer.status !== 409) throw new Error(`refused (${answer.status})`);
    take(await answer.json());
  } catch (error) {
    say(`Not written down: ${error.message}. Is teiwright review still running?`);
  }
}

function say(text) { find("said").textContent = text; }

function take(next) {
  const position = order.indexOf(current);
  const other = state?.text !== next.text;
  state = next;
  say(next.broken ?? next.said);
  find("texts").replaceChildren(...next.texts.map((id) => new Option(id, id, false, id === next.text)));
  find("undo").disabled = !next.undo;
  if (next.broken) return;
  showQueue();
  if (other || !order.includes(current)) current = order[other ? 0 : Math.min(Math.max(position, 0), order.length - 1)] ?? null;
  showText();
  showQuestion();
}

const question = () => state.questions.find((q) => q.id === current);

const SHOWN = { doubtful: (q) => q.doubtful, open: (q) => !q.decided, decided: (q) => q.decided };

function showQueue() {
  const shown = state.questions.filter(SHOWN[find("filter").value]);
  order = shown.map((q) => q.id);
  find("queue").replaceChildren(...shown.map((q) => make("li", {},
    make("button", { type: "button", data: { question: q.id } }, `${q.form}, ${KINDS[q.kind]}, ${q.certainty}`))));
  const count = (test) => state.questions.filter(test).length;
  find("left").textContent = `${count(SHOWN.doubtful)} doubtful, ${count(SHOWN.open)} not decided, ${count(SHOWN.decided)} decided`;
}

function showText() {
  const known = Object.fromEntries(state.questions.map((q) => [q.id, q]));
  find("paragraphs").replaceChildren(...state.paragraphs.map((paragraph) => make("p", { className: paragraph.zone },
    ...paragraph.runs.map(([text, id]) => {
      if (!id) return text;
      const q = known[id];
      const classes = ["name", q.kind, q.doubtful && "doubtful", q.decided && "decided"].filter(Boolean).join(" ");
      return make("button", { type: "button", className: classes, title: `${KINDS[q.kind]}, ${q.certainty}`, data: { question: id } }, text);
    }))));
}

function showQuestion() {
  const q = question();
  find("asking").hidden = !q;
  for (const element of document.querySelectorAll("[data-question]")) {
    if (element.dataset.question === current) element.setAttribute("aria-current", "true");
    else element.removeAttribute("aria-current");
  }
  document.querySelectorAll('[aria-current="true"]').forEach((e) => e.scrollIntoView({ block: "nearest" }));
  if (!q) {
    find("asked").textContent = "No names of this kind are left here";
    return;
  }
  find("asked").textContent = `${q.form}: a ${KINDS[q.kind]}?`;
  find("why").textContent = q.decided ? `Decided${q.who ? ` by ${q.who}` : ""}.` : `Certainty ${q.certainty}: ${q.reason}.`;
  find("context").replaceChildren(q.before, make("mark", {}, q.form), q.after);
  find("other").value = "";
  find("whole").value = q.form;
  find("other-kind").textContent = `It is a ${q.kind === "persName" ? "place" : "person"}`;
  document.querySelectorAll(".form").forEach((e) => { e.textContent = `“${q.form}” (${q.same})`; });
  find("candidates").replaceChildren(...q.candidates.map((c, n) => make("button",
    { type: "button", data: { act: "choose", ref: c.id }, aria: { pressed: String(c.id === q.ref) } },
    make("kbd", {}, String(n + 1)), ` ${c.name}`, make("small", {}, [c.id, c.facts].filter(Boolean).join(": ")))));
}

function decide(verdict, more = {}) {
  ask("decide", { text: state.text, version: state.version, question: current, verdict, ...more });
}

function step(by) {
  if (!order.length) return;
  current = order[(order.indexOf(current) + by + order.length) % order.length];
  showQuestion();
}

const ACTS = {
  accept: () => decide("accept"),
  reject: () => decide("reject"),
  retype: () => decide("retype"),
  "accept-all": () => decide("accept", { scope: "document" }),
  "reject-all": () => decide("reject", { scope: "document" }),
  "reject-everywhere": () => decide("reject", { scope: "project" }),
  choose: (button) => decide("relink", { ref: button.dataset.ref }),
  unlink: () => decide("relink", { ref: "none" }),
  relink: () => find("other").value.trim() ? decide("relink", { ref: find("other").value.trim() }) : find("other").focus(),
  extend: () => find("whole").value.trim() !== question().form ? decide("extend", { becomes: find("whole").value }) : find("whole").focus(),
  next: () => step(1),
  previous: () => step(-1),
  undo: () => ask("undo", { text: state.text }),
};
const KEYS = { a: "accept", r: "reject", t: "retype", A: "accept-all", R: "reject-all", X: "reject-everywhere", l: "relink", 0: "unlink", e: "extend", n: "next", p: "previous", u: "undo" };
const WITHOUT_QUESTION = ["next", "previous", "undo"];

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.question) {
    current = button.dataset.question;
    showQuestion();
    find("question").focus();
  } else if (button.dataset.act && (question() || WITHOUT_QUESTION.includes(button.dataset.act))) ACTS[button.dataset.act](button);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !state || state.broken) return;
  const typing = event.target.matches("input:not([type=checkbox]), select");
  if (typing && event.key === "Escape") event.target.blur();
  if (typing && event.key === "Enter" && question()) {
    if (event.target.id === "other") ACTS.relink();
    if (event.target.id === "whole") ACTS.extend();
  }
  if (typing || !find("keys").checked) return;
  const act = KEYS[event.key];
  const chosen = /^[1-9]$/.test(event.key) && find("candidates").children[event.key - 1];
  if (chosen) ACTS.choose(chosen);
  else if (act && (question() || WITHOUT_QUESTION.includes(act))) ACTS[act]();
  else return;
  event.preventDefault();
});

find("filter").addEventListener("change", () => { showQueue(); if (!order.includes(current)) current = order[0] ?? null; showQuestion(); });
find("texts").addEventListener("change", (event) => { current = null; ask(`state/${encodeURIComponent(event.target.value)}`); });
ask("state");
