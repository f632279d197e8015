
"use strict";
// Everything can be read without this script. It adds: sorting the table, accepting and rejecting, and the file of decisions.
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const docs = all(".doc");
  const changes = all(".c[data-s]");
  // What was decided: for each document, by the first byte of the place, [decision, wording, confidence].
  const decided = new Map(docs.map((doc) => [doc, new Map()]));
  const docOf = new Map();
  for (const doc of docs) for (const change of all(".c[data-s]", doc)) docOf.set(change, doc);
  // What was proposed, remembered before another wording takes its place: there may be a hundred thousand changes.
  const first = new Map();
  const proposed = (change) => {
    if (!first.has(change)) first.set(change, change.children[1].textContent);
    return first.get(change);
  };
  const before = (change) => change.children[0].textContent;
  const bytes = (text) => new TextEncoder().encode(text).length;

  // Decisions outlive the page where the browser lets them.
  const nameOf = (doc) => "unspin-decisions:" + doc.dataset.doc;
  const save = (doc) => {
    try {
      const rows = [...decided.get(doc)];
      if (rows.length) localStorage.setItem(nameOf(doc), JSON.stringify(rows));
      else localStorage.removeItem(nameOf(doc));
    } catch { /* nowhere to keep them */ }
  };
  const load = (doc) => {
    try {
      const kept = localStorage.getItem(nameOf(doc));
      if (!kept) return;
      const rows = JSON.parse(kept);
      for (const change of all(".c[data-s]", doc)) {
        const row = rows.find(([start]) => start === change.dataset.s);
        if (row) decided.get(doc).set(row[0], row[1]), show(change);
      }
    } catch { /* nothing was kept */ }
  };

  const show = (change) => {
    const [decision, wording] = decided.get(docOf.get(change)).get(change.dataset.s) ?? [];
    change.classList.toggle("y", decision !== undefined && decision !== "reject");
    change.classList.toggle("n", decision === "reject");
    const offered = proposed(change);
    change.children[1].textContent = wording ?? offered;
    const said = { accept: "accepted", pick: "another wording picked", "own-wording": "own wording", reject: "rejected" }[decision];
    const label = before(change) + " → " + change.children[1].textContent;
    change.setAttribute("aria-label", said ? label + ", " + said : label);
  };

  // What an open document has besides: names of its changes for who listens, and the text as it came beside it.
  const complete = (doc) => {
    const text = doc.querySelector(".text.two:not(.made)");
    if (!text) return;
    for (const change of all(".c", text)) {
      change.role = "group";
      if (docOf.has(change)) show(change);
      else change.ariaLabel = change.children[2].textContent;
    }
    for (const row of all(".r", text)) {
      const left = row.firstElementChild.cloneNode(true);
      left.ariaHidden = "true";
      for (const change of all(".c", left)) {
        const [kept] = /\bk\d [sud]\b|\bx\b/.exec(change.className) ?? [""];
        change.replaceWith(make("del", { className: kept }, before(change)));
      }
      row.prepend(left);
    }
    text.classList.add("made");
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".doc[open]")) complete(event.target);
  }, true);
  const noteDown = (change, decision, wording, confidence) => {
    const doc = docOf.get(change);
    if (!decision) decided.get(doc).delete(change.dataset.s);
    else decided.get(doc).set(change.dataset.s, [decision, wording, confidence ?? Number(change.dataset.c)]);
    show(change);
    return doc;
  };
  const decide = (...decision) => {
    save(noteDown(...decision));
    count();
  };
  const acceptAll = (some) => {
    new Set(some.map((change) => noteDown(change, "accept", proposed(change)))).forEach(save);
    count();
  };
  const accept = (change) => decide(change, "accept", proposed(change));
  const reject = (change) => decide(change, "reject");
  const own = (change) => {
    const wording = prompt("What is to stand there instead of “" + before(change) + "”?", change.children[1].textContent);
    if (wording === null) return;
    if (wording === before(change)) reject(change);
    else decide(change, "own-wording", wording, 0);
  };
  const pick = (change, number) => {
    const [wording, confidence] = alternatives(change)[number] ?? [];
    if (wording === undefined) return;
    if (number === 0) accept(change);
    else decide(change, "pick", wording, confidence);
  };

  // The note of a change: alternatives, an empty line, what is known.
  const notes = new Map();
  // The first alternative is the wording that is proposed.
  const note = (change) => {
    if (!notes.has(change)) {
      const [head, ...rest] = change.children[2].textContent.split("\n\n");
      const rows = head.split("\n").map((line, number) => [number ? line.slice(5) : proposed(change), Number(line.slice(0, 4))]);
      notes.set(change, { rows, why: rest.join("\n\n") });
    }
    return notes.get(change);
  };
  const alternatives = (change) => {
    const rows = note(change).rows.filter(([wording]) => wording !== "(as it is)");
    return rows.map(([wording, confidence], number) => (number ? [wording, confidence] : [proposed(change), confidence]));
  };
  const card = (change) => {
    const box = change.children[2];
    if (box.className || !docOf.has(change)) return;
    const { rows, why } = note(change);
    let number = 0;
    const items = rows.map(([wording, confidence]) => {
      const item = make("li", {}, make("meter", { value: confidence, ariaHidden: "true" }), confidence.toFixed(2), make("span", {}, wording));
      if (wording !== "(as it is)") {
        const mine = number++;
        item.append(make("button", { className: "pick", type: "button", onclick: () => pick(change, mine), ariaLabel: "Take “" + wording + "”" }, make("kbd", {}, String(mine + 1)), " take"));
      }
      return item;
    });
    const action = (key, name, run) => make("button", { type: "button", onclick: () => run(change) }, make("kbd", {}, key), " " + name);
    box.replaceChildren(
      make("ol", {}, ...items),
      make("div", { className: "do" }, action("a", "Accept", accept), action("r", "Reject", reject), action("e", "Own wording", own), action("u", "Undo", (c) => decide(c))),
      make("p", { className: "why" }, why),
    );
    box.className = "card";
  };
  // Below the words it is about, inside the text.
  const place = (change) => {
    const box = change.children[2];
    card(change);
    box.style.left = "";
    const words = change.getClientRects()[0];
    const row = change.closest(".r").getBoundingClientRect();
    if (!words) return;
    box.style.left = Math.max(0, Math.min(words.left - row.left, row.width - box.offsetWidth)) + "px";
  };
  for (const kind of ["focusin", "mouseover"]) {
    document.addEventListener(kind, (event) => {
      const change = event.target.closest?.(".c");
      if (change && !change.contains(event.relatedTarget)) place(change);
    });
  }

  // What the filter lets through.
  const least = () => Number(document.querySelector(".filter input:checked").value);
  const level = (change) => Number(/\bk(\d)/.exec(change.className)?.[1] ?? 9);
  const isShown = (change) => level(change) >= least();
  document.querySelector(".filter").addEventListener("change", () => {
    for (const change of changes) change.tabIndex = isShown(change) ? 0 : -1;
    count();
  });

  const move = (step) => {
    const shown = changes.filter((change) => isShown(change) && docOf.get(change).open);
    const here = document.activeElement.closest?.(".c");
    let to = here ? shown.indexOf(here) + step : shown.findIndex((change) => change.getBoundingClientRect().top > 60);
    if (here && to >= shown.length) {
      // On to the next document that has changes.
      const next = docs.slice(docs.indexOf(docOf.get(here)) + 1).find((doc) => all(".c[data-s]", doc).some(isShown));
      if (next) { next.open = true; return all(".c[data-s]", next).find(isShown).focus(); }
    }
    to = Math.max(0, Math.min(to, shown.length - 1));
    shown[to]?.focus();
    shown[to]?.scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=radio]), textarea")) return;
    const change = event.target.closest(".c[data-s]");
    const run = { n: () => move(1), p: () => move(-1) };
    if (change) Object.assign(run, { a: () => accept(change), r: () => reject(change), u: () => decide(change), e: () => own(change), Escape: () => document.activeElement.blur() });
    if (change && event.key >= "1" && event.key <= "9") run[event.key] = () => pick(change, Number(event.key) - 1);
    if (run[event.key]) { event.preventDefault(); run[event.key](); }
  });

  // The file that `fix --decisions` reads: a line for each decision, in order.
  const exported = () => {
    const lines = [{ type: "header", schema: "unspin-decisions", version: 1, tool: document.body.dataset.tool }];
    for (const change of changes) {
      const doc = docOf.get(change);
      const row = decided.get(doc).get(change.dataset.s);
      if (!row) continue;
      const [decision, wording, confidence] = row;
      const start = Number(change.dataset.s);
      const text = before(change);
      const line = { type: "decision", document: doc.dataset.doc, path: doc.dataset.path, start, end: start + bytes(text), before: text, rule: "spun-phrase", decision };
      if (decision !== "reject") line.after = wording;
      lines.push({ ...line, confidence, decided_by: "reviewer" });
    }
    return lines.map((line) => JSON.stringify(line) + "\n").join("");
  };
  const download = () => {
    const url = URL.createObjectURL(new Blob([exported()], { type: "application/jsonl" }));
    make("a", { href: url, download: "decisions.jsonl" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };

  const bar = document.getElementById("review");
  const tally = make("output", { id: "tally" });
  const button = (name, run, properties = {}) => make("button", { type: "button", onclick: run, ...properties }, name);
  const open = () => changes.filter((change) => isShown(change) && !decided.get(docOf.get(change)).has(change.dataset.s));
  const exporter = button("Export decisions", download, { className: "main", id: "export" });
  const rest = button("Accept the rest", () => acceptAll(open()), { id: "accept-rest" });
  const count = () => {
    const done = [...decided.values()].reduce((sum, rows) => sum + rows.size, 0);
    tally.textContent = done + " of " + changes.length + " decided";
    exporter.disabled = !done;
    const left = open().length;
    rest.textContent = "Accept the rest (" + left + ")";
    rest.disabled = !left;
  };
  if (changes.length) {
    bar.append(tally, rest, exporter);
    const keys = make("p", { className: "keys" });
    for (const [key, name] of [["n", "next"], ["p", "previous"], ["a", "accept"], ["r", "reject"], ["1–9", "take another"], ["e", "own wording"], ["u", "undo"]]) {
      keys.append(make("kbd", {}, key), " " + name + "  ");
    }
    bar.after(keys);
    bar.hidden = false;
    docs.forEach(load);
    count();
  }
  all(".doc[open]").forEach(complete);
  if (document.body.classList.contains("many")) {
    const fold = button("Open all", () => {
      const closed = docs.some((doc) => !doc.open);
      docs.forEach((doc) => { doc.open = closed; });
      fold.textContent = closed ? "Fold all" : "Open all";
    });
    bar.prepend(fold);
    bar.hidden = false;
  }

  // Columns of the table sort; numbers begin with the highest.
  for (const [column, head] of all("thead th").entries()) {
    const sort = () => {
      const isNumber = head.classList.contains("num");
      const down = head.ariaSort ? head.ariaSort === "ascending" : isNumber;
      const value = (row) => {
        const cell = row.cells[column];
        if (!isNumber) return cell.textContent;
        const number = parseFloat(cell.dataset.v ?? cell.textContent);
        return Number.isNaN(number) ? -Infinity : number;
      };
      const body = document.querySelector("tbody");
      const rows = [...body.rows].map((row) => [value(row), row]);
      rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1));
      body.append(...rows.map(([, row]) => row));
      for (const other of all("thead th")) other.removeAttribute("aria-sort");
      head.ariaSort = down ? "descending" : "ascending";
    };
    head.replaceChildren(button(head.textContent, sort));
  }

  // A link leads into a document that is folded up.
  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const doc = target && target.closest(".doc");
    if (doc && !doc.open) { doc.open = true; target.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
