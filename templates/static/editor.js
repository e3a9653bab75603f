// A declaration keeps itself, paragraph by paragraph, a moment after typing stops and when its
// field is left. Without this file every button of the page keeps what was typed all the same.
"use strict";

(() => {
  const WAIT = 800;
  const OFFLINE = "No connection. Do not close this page: what you typed is not saved yet.";
  const SIGNED_OUT = "You are signed out. Do not close this page. Sign in in another window; then type on here.";
  const form = document.getElementById("text");
  if (!form) return;
  const changed = new Map(); // paragraph -> its timer
  let under_way = Promise.resolve();

  const place = document.querySelector("[data-kept]");
  const tell = (words) => { if (place && place.textContent !== words) place.textContent = words; };
  const of = (it) => it.closest("[data-paragraph]");
  const areas = () => [...form.querySelectorAll("textarea")];

  function grow(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  }

  async function keep(part, leaving) {
    const id = part.dataset.paragraph;
    clearTimeout(changed.get(id));
    if (!changed.delete(id)) return;
    const sent = new FormData();
    for (const field of part.querySelectorAll("input[name], textarea[name]")) sent.set(field.name, field.value);
    let answer;
    try {
      answer = await fetch(`${form.dataset.typed}${id}/typed`, {
        method: "POST", credentials: "same-origin", body: sent, keepalive: leaving,
      });
    } catch {
      changed.set(id, 0);
      tell(OFFLINE);
      return;
    }
    const isJson = (answer.headers.get("content-type") || "").startsWith("application/json");
    if (answer.status === 401 || answer.redirected || !isJson) {
      changed.set(id, 0);
      tell(answer.status === 401 || answer.redirected ? SIGNED_OUT : "Not saved. Do not close this page; press Save.");
      return;
    }
    const said = await answer.json();
    tell(said.says);
    if (!answer.ok) return;
    part.querySelector(`[name="was-${id}"]`).value = said.was;
    document.dispatchEvent(new CustomEvent("declaration-kept"));
  }

  // One after the other: a later one must know the text that the one before it left.
  const soon = (part, leaving) => { under_way = under_way.then(() => keep(part, leaving)); };

  document.addEventListener("input", (event) => {
    const part = event.target.form === form && of(event.target);
    if (!part) return;
    if (event.target.localName === "textarea") grow(event.target);
    clearTimeout(changed.get(part.dataset.paragraph));
    changed.set(part.dataset.paragraph, setTimeout(soon, WAIT, part, false));
  });
  document.addEventListener("change", (event) => {
    const part = event.target.form === form && of(event.target);
    if (part && changed.has(part.dataset.paragraph)) soon(part, false);
  });
  form.addEventListener("submit", () => {
    for (const timer of changed.values()) clearTimeout(timer); // the button keeps everything itself
    changed.clear();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    for (const id of [...changed.keys()]) soon(form.querySelector(`[data-paragraph="${id}"]`), true);
  });

  // F8 goes to the next finding, Shift+F8 to the one before.
  function find(back) {
    const all = [...document.querySelectorAll(".finding a")];
    if (!all.length) return;
    const now = all.indexOf(document.activeElement);
    const near = all.findIndex((it) => document.activeElement.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING);
    const from = now >= 0 ? now : near < 0 ? (back ? 0 : -1) : back ? near : near - 1;
    all[(from + (back ? -1 : 1) + all.length) % all.length].focus();
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8") return;
    event.preventDefault();
    find(event.shiftKey);
  });

  function press(part, what) {
    const button = part.querySelector(`button[value^="${what}:"]:not([disabled])`);
    if (button) button.click();
  }
  form.addEventListener("keydown", (event) => {
    const part = event.target.localName === "textarea" && of(event.target);
    if (!part) return;
    if (event.key === "Enter" && event.ctrlKey) press(part, "add");
    else if (event.key === "ArrowUp" && event.altKey) press(part, "up");
    else if (event.key === "ArrowDown" && event.altKey) press(part, "down");
    else if (event.key === "Escape") (part.querySelector("button:not([disabled])") || form.querySelector("button")).focus();
    else return;
    event.preventDefault();
  });

  // The pages beside the text: made anew after what was typed is kept; the old ones stay meanwhile.
  const pages = document.querySelector("[data-preview]");
  const making = document.querySelector("[data-making]");
  let asked = 0;
  async function look() {
    if (!pages || getComputedStyle(pages.parentElement).display === "none") return;
    const mine = ++asked;
    making.textContent = "Making the PDF…";
    try {
      const answer = await fetch(pages.dataset.preview, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error("no preview");
      const html = await answer.text();
      if (mine !== asked) return;
      pages.innerHTML = html;
      making.textContent = "";
    } catch {
      if (mine !== asked) return;
      making.textContent = "Preview failed. Your text is saved. ";
      const again = document.createElement("button");
      again.type = "button";
      again.className = "quiet";
      again.textContent = "Try again";
      again.addEventListener("click", look);
      making.append(again);
    }
  }
  document.addEventListener("declaration-kept", look);
  look();

  areas().forEach(grow);
})();
