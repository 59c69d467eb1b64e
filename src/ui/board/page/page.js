
"use strict";
(function () {
  // A lead is an array, since ten thousand of them repeat no names:
  // [id, name, email, events, state, category, landed, record, link, message, reason, log]
  const ID = 0, NAME = 1, EMAIL = 2, EVENTS = 3, STATE = 4, CATEGORY = 5, LANDED = 6, RECORD = 7, LINK = 8, MESSAGE = 9, REASON = 10, LOG = 11;
  const STEP = 200, PRINTED = 1000;
  const leads = JSON.parse(document.getElementById("board").textContent);
  const texts = leads.map(function (lead) {
    return [lead[ID], lead[NAME], lead[EMAIL], lead[RECORD], lead[MESSAGE], lead[CATEGORY]].join("\n").toLowerCase();
  });
  const byId = function (id) { return document.getElementById(id); };
  const rows = byId("rows"), more = byId("more"), shown = byId("shown"), search = byId("search"), select = byId("event"), chips = byId("chips");
  const chosen = { state: "", category: "", event: "", words: [] };
  let found = [], drawn = 0;

  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function row(lead) {
    const line = element("tr");
    const who = element("td");
    const name = lead[NAME] || lead[EMAIL] || lead[ID];
    if (lead[LINK]) {
      const link = element("a", name);
      link.href = lead[LINK]; link.target = "_blank"; link.rel = "noopener noreferrer";
      who.append(link);
    } else who.append(name);
    if (lead[NAME] && lead[EMAIL]) who.append(element("small", lead[EMAIL]));
    who.append(element("small", lead[ID]));
    const state = element("td");
    state.append(element("span", "", "dot " + lead[STATE]), lead[STATE]);
    if (lead[CATEGORY]) state.append(element("small", lead[CATEGORY]));
    if (lead[REASON]) state.append(element("small", lead[REASON]));
    const why = element("td", lead[MESSAGE]);
    if (lead[LANDED]) why.append(element("small", "the person is there, a step is missing"));
    if (lead[RECORD]) why.append(element("small", "record " + lead[RECORD]));
    if (lead[LOG]) {
      const log = element("details");
      log.append(element("summary", "Log"));
      log.addEventListener("toggle", function () {
        if (log.open && log.children.length === 1) log.append(element("pre", JSON.stringify(lead[LOG], null, 2)));
      });
      why.append(log);
    }
    line.append(who, element("td", lead[EVENTS].join(", ")), state, why);
    return line;
  }

  function draw(upTo) {
    const part = document.createDocumentFragment();
    for (; drawn < Math.min(upTo, found.length); drawn += 1) part.append(row(leads[found[drawn]]));
    rows.append(part);
    more.hidden = drawn >= found.length;
  }

  function filter() {
    found = [];
    for (let index = 0; index < leads.length; index += 1) {
      const lead = leads[index];
      if (chosen.state && lead[STATE] !== chosen.state) continue;
      if (chosen.category && lead[CATEGORY] !== chosen.category) continue;
      if (chosen.event && !lead[EVENTS].includes(chosen.event)) continue;
      if (!chosen.words.every(function (word) { return texts[index].includes(word); })) continue;
      found.push(index);
    }
    const all = leads.length.toLocaleString("en");
    shown.textContent = found.length === leads.length ? all : found.length.toLocaleString("en") + " of " + all;
    rows.textContent = "";
    drawn = 0;
    draw(STEP);
    for (const button of document.querySelectorAll("button[data-state]")) {
      button.setAttribute("aria-pressed", String(button.dataset.state === chosen.state && !chosen.category));
    }
    for (const button of document.querySelectorAll("button[data-category]")) {
      button.setAttribute("aria-pressed", String(button.dataset.category === chosen.category));
    }
  }

  const counts = new Map(), events = new Set();
  for (const lead of leads) {
    counts.set(lead[STATE], (counts.get(lead[STATE]) || 0) + 1);
    for (const event of lead[EVENTS]) events.add(event);
  }
  function chip(label, state) {
    const button = element("button", label);
    button.type = "button"; button.dataset.state = state;
    button.addEventListener("click", function () { chosen.state = state; chosen.category = ""; filter(); });
    chips.append(button);
  }
  chip("All", "");
  for (const state of ["failed", "pre-sync", "enriching", "held", "cleared", "ignored"]) {
    if (counts.has(state)) chip(state + " " + counts.get(state).toLocaleString("en"), state);
  }
  for (const event of Array.from(events).sort()) {
    const option = element("option", event);
    option.value = event;
    select.append(option);
  }
  if (events.size < 2) select.hidden = true;
  select.addEventListener("change", function () { chosen.event = select.value; filter(); });
  search.addEventListener("input", function () {
    chosen.words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    filter();
  });
  for (const button of document.querySelectorAll("button[data-category]")) {
    button.hidden = false;
    button.addEventListener("click", function () {
      const again = chosen.category === button.dataset.category;
      chosen.category = again ? "" : button.dataset.category;
      chosen.state = "";
      filter();
      if (!again) byId("leads").scrollIntoView({ behavior: "smooth" });
    });
  }
  more.addEventListener("click", function () { draw(drawn + STEP); });
  // A page that is written again and again reads itself anew, but never from under somebody who looks for something.
  const live = document.querySelector('meta[name="live"]');
  if (live) setInterval(function () {
    const idle = !chosen.words.length && !chosen.state && !chosen.category && !chosen.event && document.activeElement !== search;
    if (idle && !document.querySelector("details[open]")) location.reload();
  }, Number(live.content) * 1000);
  // Paper has no button: what was chosen is printed, as far as anybody leafs through it.
  window.addEventListener("beforeprint", function () { draw(PRINTED); });
  filter();
})();
